import type { Sha } from '../core/commit.js';
import type { PickChain, PickRequest, Relock } from '../core/gitPort.js';
import type { Ports } from '../core/ports.js';

type Tools = Pick<Ports, 'git' | 'checks' | 'progress'>;

/** The target's own package manager, run in the worktree of a pick. */
function relockBy({ git, checks, progress }: Tools, signal: AbortSignal): Relock {
  return {
    program: (lockfile) => checks.lockProgram(lockfile),
    make: async (commit, lockfile) => {
      progress({ phase: 'integrate', sibling: null, doing: `making ${lockfile} anew` });
      return checks.relock(await git.checkout(commit, signal), lockfile, signal);
    },
  };
}

/**
 * A chain of picks as it is checked and landed: every lockfile in it that the picks leave behind is made anew by the
 * target's own package manager, so that the tree that is validated is the tree that lands.
 */
export function buildChain(
  tools: Tools,
  base: Sha,
  picks: readonly PickRequest[],
  signal: AbortSignal,
): Promise<PickChain> {
  return tools.git.chain(base, picks, signal, relockBy(tools, signal));
}
