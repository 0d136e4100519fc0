import type { Sha } from '../core/commit.js';
import type { Ports } from '../core/ports.js';

/** A commit that takes something back. `draft`: it brings nothing yet, because later work stands in the way. */
export interface RevertCommit {
  readonly tip: Sha;
  readonly tree: Sha;
  readonly draft: boolean;
}

/** The commit on `head` that takes picks back, newest first; where it conflicts, one that waits for a person. */
export async function revertCommit(
  { git }: Pick<Ports, 'git'>,
  head: Sha,
  newestFirst: readonly Sha[],
  message: string,
  signal: AbortSignal,
): Promise<RevertCommit> {
  const reverted = await git.revert(head, newestFirst, message, signal);
  if (reverted.kind === 'reverted') return { tip: reverted.tip, tree: reverted.tree, draft: false };
  return { tip: await git.emptyCommit(head, message, signal), tree: await git.treeOf(head), draft: true };
}
