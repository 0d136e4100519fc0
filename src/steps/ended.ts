import type { Sha } from '../core/commit.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { ForgePort, PullRequest } from '../core/forgePort.js';
import type { Ports } from '../core/ports.js';
import { sanitize } from '../core/sanitize.js';
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

/** A pull request that was open when the last run looked and is not in the list any more, as it is now. */
type Gone = Pick<Ended, 'state' | 'now'>;

/** Pull requests that were open when the last run looked and are not among those for the target's branch any more. */
export async function goneSince(
  { store }: Pick<Tools, 'store'>,
  forge: ForgePort,
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Gone[]> {
  const missing = store
    .pullRequests()
    .filter(({ state, number, branch }) => state === 'open' && number !== null && open.get(branch)?.number !== number);
  const found: Gone[] = [];
  for (const state of missing) {
    const now = await forge.pullRequest(state.number ?? 0, signal);
    if (now !== null) found.push({ state, now });
  }
  return found;
}

/** Those of them that are open still: a person turned them to another branch. */
export const turnedAway = (gone: readonly Gone[]): ReadonlyMap<string, PullRequest> =>
  new Map(gone.filter(({ now }) => now.state === 'open').map(({ now }) => [now.branch, now]));

/** Why what a turned pull request brings is left alone. */
export const elsewhereWhy = ({ number, base }: PullRequest): string =>
  `somebody turned pull request #${number} to ${sanitize(base, 100)}; turn it back, merge or close it`;

/** What a run says of one. */
export const elsewhereNote = (now: PullRequest): string => `Its branch is left alone: ${elsewhereWhy(now)}.`;

/** How the others ended. */
export async function endsOf(tools: Tools, gone: readonly Gone[], signal: AbortSignal): Promise<readonly Ended[]> {
  const ended: Ended[] = [];
  for (const { state, now } of gone) if (now.state !== 'open') ended.push(await endOf(tools, state, now, signal));
  return ended;
}

/** A merge that AutoSync asked for, but did not see happen, is held against what was validated as well. */
async function endOf(tools: Tools, before: PullRequestState, now: PullRequest, signal: AbortSignal): Promise<Ended> {
  const state = await asBrought(tools, before, now, signal);
  const isOurs = state.lane === 'auto' && !isElsewhere(tools, now);
  const asked = now.state === 'merged' && isOurs && (state.merging === true || now.mergesItself);
  const tree = asked && now.mergedAs !== null ? await treeIfHere(tools, now.mergedAs) : null;
  return { state, now, asked, tree };
}

/** The tree of a merge; null when somebody took it out of the branch before it was seen here. */
async function treeIfHere({ git }: Pick<Tools, 'git'>, merge: Sha): Promise<Sha | null> {
  return (await git.resolve(merge)) === null ? null : git.treeOf(merge);
}

const isElsewhere = ({ git }: Pick<Tools, 'git'>, now: PullRequest): boolean =>
  now.state === 'merged' && now.base !== git.target.branch;

const at = (tools: Pick<Ports, 'clock'>): string => new Date(tools.clock()).toISOString();

/** Why a commit whose pull request was closed counts as declined; the same words take it back. */
const closedWords = (number: number | null): string => `Pull request #${number} was closed without merging it.`;

/** What is remembered of an end: what people merged is landed, what they closed is declined. */
export function endFacts(tools: Tools, run: string, { state: before, now, asked, tree }: Ended): readonly Fact[] {
  const { merging: _asked, ...state } = before;
  // Merged into another branch, it is not in this one: what it brought is offered anew.
  if (isElsewhere(tools, now))
    return [{ kind: 'pull-request', pullRequest: { ...state, state: 'withdrawn', at: at(tools) } }];
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
export function endNote({ state, now }: Ended, branch: string): string {
  const [count, are] = state.picks.length === 1 ? ['1 commit', 'is'] : [`${state.picks.length} commits`, 'are'];
  const what = `${count} of ${state.sibling}`;
  if (now.state === 'merged' && now.base !== branch)
    return `Pull request #${now.number} was merged into ${sanitize(now.base, 100)}: ${what} ${are} offered anew.`;
  const who = now.endedBy === null ? '' : ` by ${now.endedBy}`;
  if (state.lane === 'revert' && now.state === 'merged')
    return `Pull request #${now.number} was merged${who}: ${what} ${are} taken back.`;
  if (now.state === 'closed' && state.lane !== 'revert' && state.picks.length === 0)
    return `Pull request #${now.number} of ${state.sibling} was closed${who}: it brought nothing any more.`;
  return now.state === 'merged'
    ? `Pull request #${now.number} was merged${who}: ${what} landed.`
    : `Pull request #${now.number} was closed${who} without merging it: ${what} ${are} declined.`;
}
