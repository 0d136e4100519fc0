import { type Sha, shortSha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { Decision, LandingState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';
import { landOnTarget } from '../pipeline/land.js';

const isUndoable = (landing: LandingState): boolean =>
  landing.phase === 'done' && (landing.how === 'auto-merge' || landing.how === 'apply');

/** Runs that landed something in the target's branch and were not undone, newest first. */
export function undoableRuns(landings: readonly LandingState[]): readonly string[] {
  const landed = landings.filter(isUndoable).sort((one, other) => other.at.localeCompare(one.at));
  return [...new Set(landed.map((landing) => landing.run))];
}

const messageOf = (run: string, picks: readonly Sha[], undo: string): string =>
  [
    `Revert AutoSync run ${run}`,
    '',
    ...picks.map((pick) => `This reverts commit ${pick}.`),
    '',
    `AutoSync-Run: ${undo}`,
    '',
  ].join('\n');

/**
 * Takes back what a run landed, with one commit on top of the target's branch; what came later stays. The commits
 * count as declined from then on. Throws `unknown-run`, and `cannot-land` when later work stands in the way.
 */
export async function undoRun(ports: Ports, given: string, undo: string, signal: AbortSignal): Promise<Sha> {
  const runs = undoableRuns(ports.store.landings());
  const run = runs.find((one) => one === given) ?? runs.find((one) => given.length >= 4 && one.startsWith(given));
  if (run === undefined) throw new AutoSyncError({ code: 'unknown-run', given, known: runs });
  const landings = ports.store.landings().filter((landing) => landing.run === run && isUndoable(landing));
  const picks = [...landings]
    .sort((one, other) => other.at.localeCompare(one.at))
    .flatMap((landing) => [...landing.picks].reverse().map((pick) => pick.pick));
  const { head, branch } = ports.git.target;
  const reverted = await ports.git.revert(head, picks, messageOf(run, picks, undo), signal);
  if (reverted.kind === 'conflict') {
    throw new AutoSyncError({
      code: 'cannot-land',
      why: `later work changed what ${shortSha(reverted.pick)} brought (${reverted.paths.slice(0, 3).join(', ')})`,
      next: `Revert it by hand: git revert ${shortSha(reverted.pick)}`,
    });
  }
  const chain = { base: head, tip: reverted.tip, tree: reverted.tree, results: [] };
  const outcome = await landOnTarget(ports, { run: undo, sibling: 'undo', how: 'undo', branch, head, chain, signal });
  if (outcome.kind === 'kept')
    throw new AutoSyncError({
      code: 'cannot-land',
      why: outcome.why,
      next: 'Commit, stash or finish what is under way, then undo again.',
    });
  await remember(ports, run, landings);
  return outcome.head;
}

async function remember(ports: Ports, run: string, landings: readonly LandingState[]): Promise<void> {
  const user = await ports.git.user();
  const at = new Date(ports.clock()).toISOString();
  const rows = ports.store.commits();
  const because = `run ${run} was undone`;
  const decisions = landings.flatMap((landing) =>
    landing.picks.map(({ origin }): Decision => {
      const subject = rows.find(({ commit }) => commit.sha === origin)?.commit.subject ?? '';
      return {
        sibling: landing.sibling,
        sha: origin,
        patchId: null,
        subject,
        kind: 'declined',
        by: user.name,
        because,
        at,
        until: null,
      };
    }),
  );
  await ports.store.record([
    ...decisions.map((decision) => ({ kind: 'decision', decision }) as const),
    ...landings.map((landing) => ({ kind: 'landing', landing: { ...landing, phase: 'undone' as const } }) as const),
  ]);
}
