import type { Sha } from '../core/commit.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { ForgePort, PullRequest } from '../core/forgePort.js';
import type { Ports } from '../core/ports.js';
import { asBrought } from './brought.js';
import { landingOf } from './landing.js';

type Tools = Pick<Ports, 'git' | 'store' | 'clock'>;

/** How a pull request of AutoSync ended since the last run. */
export interface Ended {
  readonly state: PullRequestState;
  readonly now: PullRequest;
  /** True when it was AutoSync that asked for the merge. */
  readonly asked: boolean;
  /** The tree that a merge AutoSync asked for led to; null for every other end. */
  readonly tree: Sha | null;
}

/** Pull requests that were open when the last run looked, and are not any more. */
export async function endedSince(
  tools: Tools,
  forge: ForgePort,
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Ended[]> {
  const gone = tools.store
    .pullRequests()
    .filter(({ state, number, branch }) => state === 'open' && number !== null && open.get(branch)?.number !== number);
  const found: Ended[] = [];
  for (const state of gone) {
    const now = await forge.pullRequest(state.number ?? 0, signal);
    if (now !== null && now.state !== 'open') found.push(await endOf(tools, state, now));
  }
  return found;
}

/** A merge that AutoSync asked for, but did not see happen, is held against what was validated as well. */
async function endOf({ git, store }: Tools, before: PullRequestState, now: PullRequest): Promise<Ended> {
  const state = asBrought({ store }, before, now);
  const asked = now.state === 'merged' && state.lane === 'auto' && (state.merging === true || now.mergesItself);
  const tree = asked && now.mergedAs !== null ? await git.treeOf(now.mergedAs) : null;
  return { state, now, asked, tree };
}

const at = (tools: Pick<Ports, 'clock'>): string => new Date(tools.clock()).toISOString();

/** Why a commit whose pull request was closed counts as declined; the same words take it back. */
const closedWords = (number: number | null): string => `Pull request #${number} was closed without merging it.`;

/** What is remembered of an end: what people merged is landed, what they closed is declined. */
export function endFacts(tools: Tools, run: string, { state: before, now, asked, tree }: Ended): readonly Fact[] {
  const { merging: _asked, ...state } = before;
  if (now.state !== 'merged') {
    const closed: Fact = { kind: 'pull-request', pullRequest: { ...state, state: 'closed', at: at(tools) } };
    return state.lane === 'revert'
      ? [closed]
      : [closed, ...declinedFacts(tools, state, now, closedWords(state.number))];
  }
  const alarm = tree === null || tree === state.tree ? {} : { alarm: { expected: state.tree, found: tree } };
  // What a person committed to it has landed too: the branch may be used again.
  const tips = [...state.tips.filter((tip) => tip !== now.head), now.head];
  const merged: PullRequestState = { ...state, ...alarm, tips, state: 'merged', at: at(tools) };
  const landing = landingOf(tools, { ...merged, run }, { mergedAs: now.mergedAs, mergesItself: asked });
  return [
    { kind: 'pull-request', pullRequest: merged },
    ...(landing === null ? [] : [landing]),
    ...(state.lane === 'revert' ? takenBackFacts(tools, state, now) : []),
  ];
}

/** What a merged revert took out of the target is declined, and its landing undone. */
function takenBackFacts(tools: Tools, state: PullRequestState, now: PullRequest): readonly Fact[] {
  const gone = new Set(state.picks.map(({ origin }) => origin));
  const undone = tools.store
    .landings()
    .filter(({ sibling, phase }) => sibling === state.sibling && phase === 'done')
    .filter(({ how, picks }) => how !== 'review' && picks.some(({ origin }) => gone.has(origin)));
  return [
    ...declinedFacts(tools, state, now, `Pull request #${state.number} took it back.`),
    ...undone.map((landing): Fact => ({ kind: 'landing', landing: { ...landing, phase: 'undone' } })),
  ];
}

function declinedFacts(
  tools: Tools,
  { sibling, picks }: PullRequestState,
  { endedBy }: PullRequest,
  because: string,
): readonly Fact[] {
  const subjects = new Map(tools.store.commits(sibling).map(({ commit }) => [commit.sha, commit.subject] as const));
  const [by, now] = [endedBy ?? 'a person', at(tools)];
  return picks.map(({ origin: sha }): Fact => {
    const subject = subjects.get(sha) ?? '';
    const said = { sibling, sha, patchId: null, subject, kind: 'declined', by, because, at: now, until: null } as const;
    return { kind: 'decision', decision: said };
  });
}

/** Pull requests that were closed and are open again: what they bring is not declined any more. */
export function reopenedFacts(tools: Tools, open: ReadonlyMap<string, PullRequest>): readonly Fact[] {
  const again = tools.store
    .pullRequests()
    .filter((one) => one.state === 'closed' && one.number !== null && open.get(one.branch)?.number === one.number);
  const declined = tools.store.decisions();
  return again.flatMap((state): readonly Fact[] => [
    { kind: 'pull-request', pullRequest: { ...state, state: 'open', at: at(tools) } },
    ...declined
      .filter(({ sibling, because }) => sibling === state.sibling && because === closedWords(state.number))
      .map(({ sibling, sha }): Fact => ({ kind: 'decision-withdrawn', sibling, sha })),
  ]);
}

/** What a run says of an end. */
export function endNote({ state, now }: Ended): string {
  const count = `${state.picks.length} commit${state.picks.length === 1 ? '' : 's'} of ${state.sibling}`;
  const who = now.endedBy === null ? '' : ` by ${now.endedBy}`;
  if (state.lane === 'revert' && now.state === 'merged')
    return `Pull request #${now.number} was merged${who}: ${count} are taken back.`;
  return now.state === 'merged'
    ? `Pull request #${now.number} was merged${who}: ${count} landed.`
    : `Pull request #${now.number} was closed${who} without merging it: ${count} are declined.`;
}
