import type { Decision, Fact, LandingState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';

/** What is remembered when landings are taken back: they are undone, and what they brought is declined from then on. */
export async function takenBack(
  tools: Pick<Ports, 'git' | 'store' | 'clock'>,
  landings: readonly LandingState[],
  because: string,
): Promise<readonly Fact[]> {
  const { name: by } = await tools.git.user();
  const at = new Date(tools.clock()).toISOString();
  const subjects = new Map(tools.store.commits().map(({ commit }) => [commit.sha, commit.subject] as const));
  const decisions = landings.flatMap(({ sibling, picks }) =>
    picks.map(({ origin: sha }): Decision => {
      const subject = subjects.get(sha) ?? '';
      return { sibling, sha, patchId: null, subject, kind: 'declined', by, because, at, until: null };
    }),
  );
  return [
    ...decisions.map((decision): Fact => ({ kind: 'decision', decision })),
    ...landings.map((landing): Fact => ({ kind: 'landing', landing: { ...landing, phase: 'undone' } })),
  ];
}
