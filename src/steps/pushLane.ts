import type { Sha } from '../core/commit.js';
import { isProblem } from '../core/errors.js';
import type { PullRequestState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';

/**
 * Pushes a lane, and remembers it as planned before; null when it is there, else why the forge would not have it, in
 * words. Throws `forge-unreachable`: then nobody knows, and the next run looks.
 */
export async function pushLane(
  tools: Pick<Ports, 'git' | 'store' | 'progress'>,
  move: { readonly branch: string; readonly before: Sha | null; readonly after: Sha },
  state: PullRequestState,
  signal: AbortSignal,
): Promise<string | null> {
  const stored = tools.store.pullRequests().find(({ branch }) => branch === state.branch);
  tools.progress({ phase: 'land', sibling: state.sibling, doing: `pushing ${move.branch}` });
  await tools.store.record([{ kind: 'pull-request', pullRequest: state }]);
  try {
    await tools.git.push(move, signal);
    return null;
  } catch (error) {
    const why = whyNotPushed(error, move.branch);
    if (why === null) throw error;
    // What stands there is what stood there before: nothing of the new picks may count as brought, or be declined.
    if (stored !== undefined) await tools.store.record([{ kind: 'pull-request', pullRequest: stored }]);
    return why;
  }
}

function whyNotPushed(error: unknown, branch: string): string | null {
  if (isProblem(error, 'moved')) return `the branch ${branch} was moved by somebody else meanwhile`;
  if (!isProblem(error) || error.problem.code !== 'forge-refused') return null;
  return `the push was refused: ${error.problem.why}`;
}
