import type { Sha } from '../core/commit.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { PullRequest } from '../core/forgePort.js';
import type { Ports } from '../core/ports.js';
import { MOST_PICKS, type PullRequestBlock, readPullRequestBlock } from '../core/pullRequestBlock.js';

type Tools = Pick<Ports, 'git' | 'store'>;

/** What a pull request says that it brings; null when nobody can tell by it, so that what was planned counts. */
function saidBy({ lane }: PullRequestState, { body }: PullRequest): PullRequestBlock | null {
  if (lane === 'revert') return null;
  const block = readPullRequestBlock(body);
  return block === null || block.picks.length >= MOST_PICKS ? null : block;
}

/**
 * What is remembered of a pull request, with the picks that it really brings: a run is written down before it pushes,
 * and one that was cut off between left picks that nobody ever saw there. Commits that the sibling does not have are
 * not taken from its text.
 */
export function asBrought(
  { store }: Pick<Tools, 'store'>,
  state: PullRequestState,
  now: PullRequest,
): PullRequestState {
  const isWhole = state.tips.at(-1) === now.head;
  const block = saidBy(state, now);
  if (block === null || (now.state === 'merged' && isWhole)) return state;
  const listed = new Set(block.picks);
  const planned = new Set(state.picks.map(({ origin }) => origin));
  const known = new Set(store.commits(state.sibling).map(({ commit }) => commit.sha));
  const earlier = block.picks.filter((origin) => !planned.has(origin) && known.has(origin));
  const picks = [
    ...state.picks.filter(({ origin }) => listed.has(origin)),
    ...earlier.map((origin) => ({ origin, pick: now.head })),
  ];
  const isEarlier = !isWhole && state.tips.includes(now.head);
  return { ...state, ...(isEarlier ? { base: block.head, tree: block.tree } : {}), picks };
}

const origins = ({ picks }: PullRequestState): string => picks.map(({ origin }) => origin).join();

/** What is remembered of open pull requests whose branch does not stand where the last run wanted it. */
export function unpushedFacts({ git, store }: Tools, open: ReadonlyMap<string, PullRequest>): readonly Fact[] {
  const lanes: ReadonlyMap<string, Sha> = git.upstream()?.lanes ?? new Map();
  return store.pullRequests().flatMap((state): readonly Fact[] => {
    const now = open.get(state.branch);
    const isThere = lanes.get(state.branch) === state.tips.at(-1);
    if (now === undefined || now.number !== state.number || state.state !== 'open' || isThere) return [];
    const brought = asBrought({ store }, state, now);
    return origins(brought) === origins(state) ? [] : [{ kind: 'pull-request', pullRequest: brought }];
  });
}
