import type { Sha } from '../core/commit.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { PullRequest } from '../core/forgePort.js';
import { readTrailers } from '../core/message.js';
import type { Ports } from '../core/ports.js';
import { type PullRequestBlock, readPullRequestBlock } from '../core/pullRequestBlock.js';

type Tools = Pick<Ports, 'git' | 'store' | 'clock'>;

/** Picks that stand on a lane, by origin; one that brings nothing of its own yet stands for all it is about. */
async function picksOn(tools: Tools, block: PullRequestBlock, tip: Sha, signal: AbortSignal) {
  // Its text is of whoever wrote it last: a commit that is nowhere would look like damage.
  if ((await tools.git.resolve(block.head)) === null) return null;
  const commits = await tools.git.incoming(block.head, tip, signal);
  const trailers = commits.map(({ sha, message }) => ({ sha, ...readTrailers(message) }));
  if (trailers.some(({ run }) => run === null)) return null;
  const picks = new Map(trailers.flatMap(({ sha, origins }) => origins.map((origin) => [origin.sha, sha] as const)));
  return block.picks.map((origin) => ({ origin, pick: picks.get(origin) ?? tip }));
}

/**
 * Where another AutoSync moved a lane (a scheduled workflow beside an editor), its pull request says to which tree, and
 * every commit which run made it: that is taken over. A person's commit is neither, and stays a person's.
 */
export async function adoptedFacts(
  tools: Tools,
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const state of tools.store.pullRequests()) {
    const now = tools.git.upstream()?.lanes.get(state.branch);
    const pull = open.get(state.branch);
    if (now === undefined || pull === undefined || state.tips.includes(now)) continue;
    const block = readPullRequestBlock(pull.body);
    if (block === null || block.tree !== (await tools.git.treeOf(now))) continue;
    const picks = await picksOn(tools, block, now, signal);
    if (picks !== null)
      facts.push({ kind: 'pull-request', pullRequest: adopted(tools, state, pull, block, now, picks) });
  }
  return facts;
}

const adopted = (
  { clock }: Tools,
  state: PullRequestState,
  { number, page }: PullRequest,
  { head: base, tree, run }: PullRequestBlock,
  tip: Sha,
  picks: PullRequestState['picks'],
): PullRequestState => ({
  ...state,
  ...{ number, page, base, tree, run, picks, state: 'open', at: new Date(clock()).toISOString() },
  tips: [...state.tips, tip].slice(-20),
});
