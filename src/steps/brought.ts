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
 * What stands on the commit that a pull request ended with; null when that tells nothing: a person's commits may carry
 * anything, a conflict brings no pick of its own, and what was never here cannot be read.
 */
async function stands(
  { git }: Pick<Tools, 'git'>,
  { lane, tips }: PullRequestState,
  { head }: PullRequest,
  signal: AbortSignal,
): Promise<ReadonlySet<Sha> | null> {
  if (lane === 'conflict' || lane === 'revert' || !tips.includes(head)) return null;
  if ((await git.resolve(head)) === null) return null;
  return new Set((await git.origins(head, signal)).map(({ origin }) => origin));
}

/**
 * What is remembered of a pull request, with the picks that it really brings: a run is written down before it pushes,
 * and one that was cut off between, or met a person who was faster, left picks that nobody ever saw there. Commits that
 * the sibling does not have are not taken from its text.
 */
export async function asBrought(
  tools: Tools,
  state: PullRequestState,
  now: PullRequest,
  signal: AbortSignal,
): Promise<PullRequestState> {
  const isWhole = state.tips.at(-1) === now.head;
  if (now.state === 'merged' && isWhole) return state;
  const block = saidBy(state, now);
  const there = await stands(tools, state, now, signal);
  const planned = new Map(state.picks.map((pick) => [pick.origin, pick]));
  const known = new Set(tools.store.commits(state.sibling).map(({ commit }) => commit.sha));
  const said = block && new Set(block.picks.filter((origin) => planned.has(origin) || known.has(origin)));
  const picks = [...new Set([...planned.keys(), ...(said ?? [])])]
    .filter((origin) => said?.has(origin) !== false && there?.has(origin) !== false)
    .map((origin) => planned.get(origin) ?? { origin, pick: now.head });
  const isEarlier = !isWhole && state.tips.includes(now.head) && block !== null;
  return { ...state, ...(isEarlier ? { base: block.head, tree: block.tree } : {}), picks };
}

const origins = ({ picks }: PullRequestState): string => picks.map(({ origin }) => origin).join();

/** What is remembered of open pull requests whose branch does not stand where the last run wanted it. */
export async function unpushedFacts(
  tools: Tools,
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const state of tools.store.pullRequests()) {
    const now = open.get(state.branch);
    const isThere = tools.git.upstream()?.lanes.get(state.branch) === state.tips.at(-1);
    if (now === undefined || now.number !== state.number || state.state !== 'open' || isThere) continue;
    const brought = await asBrought(tools, state, now, signal);
    if (origins(brought) !== origins(state)) facts.push({ kind: 'pull-request', pullRequest: brought });
  }
  return facts;
}
