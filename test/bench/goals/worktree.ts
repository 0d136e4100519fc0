import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { git } from '../../support/plainGit.js';
import { drainGit } from '../drain.js';
import { type Ground, NEVER } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { pairedOf, sides, timeOf } from '../stopwatch.js';

/** How far the worktree is moved: about what a run lands. */
const FAR = 20;

/** Milliseconds after which the files of a worktree are older than its index. */
const SETTLED = 1_100;

/** Goal 7: moving the kept worktree to another tree against adding one. */
export async function worktreeGoal(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  const first =
    git(ground.plain, ['rev-list', '--first-parent', `--max-count=${FAR}`, ground.head])
      .split('\n')
      .at(-1) ?? ground.head;
  let folder = await ground.port.checkout(first, NEVER);
  // What was written in the second of the index is read again by git; a worktree that was kept is older than that.
  await setTimeout(SETTLED);
  await ground.port.checkout(ground.head, NEVER);
  const kept = async (): Promise<number> => {
    await ground.port.checkout(first, NEVER);
    return timeOf(async () => {
      folder = await ground.port.checkout(ground.head, NEVER);
    });
  };
  const fresh = async (): Promise<number> => {
    const added = join(ground.folder, 'added');
    const milliseconds = await drainGit(ground.plain, ['worktree', 'add', '-q', '--detach', added, ground.head]);
    git(ground.plain, ['worktree', 'remove', '--force', added]);
    return milliseconds;
  };
  const paired = await pairedOf(rounds, kept, fresh);
  await ground.port.checkout(ground.head, NEVER);
  const left = await ground.port.worktreeChanges(ground.head, NEVER);
  const wrong = left.length === 0 ? null : `${left.length} files in ${folder} differ from the commit`;
  return [
    {
      goal: '7',
      what: `kept worktree moved by ${FAR} commits / fresh git worktree add`,
      value: paired.ratio,
      unit: 'x',
      want: GOAL.atMost(0.25),
      note: sides(paired),
      wrong,
    },
  ];
}
