import { addedLines } from '../../../src/git/diffTree.js';
import { incomingCommits } from '../../../src/git/log.js';
import { git } from '../../support/plainGit.js';
import { drainGit } from '../drain.js';
import { type Ground, NEVER } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { pairedOf, sides, timeOf } from '../stopwatch.js';

/** About three commits in ten, whatever they are: object names are evenly spread. */
const isKept = (sha: string): boolean => sha < '5';

const rangeOf = ({ head, tip }: Ground): readonly string[] => [tip, `^${head}`, '--'];

/** Goal 1: listing commits with their changes, alone and with the counts of what a filter keeps. */
export async function scanGoal(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  const { place } = ground.quarantine;
  const list = () => incomingCommits(place, ground.tip, ground.head, NEVER);
  const count = (await list()).length;
  const raw = await pairedOf(
    rounds,
    () => timeOf(list),
    () => drainGit(ground.plain, ['log', '--raw', '-z', '--topo-order', '--reverse', ...rangeOf(ground)]),
  );
  const filtered = async (): Promise<void> => {
    const kept = (await list()).filter((commit) => isKept(commit.sha));
    await addedLines(
      place,
      kept.map((commit) => commit.sha),
      NEVER,
    );
  };
  const counts = await pairedOf(
    rounds,
    () => timeOf(filtered),
    () => drainGit(ground.plain, ['log', '--raw', '--numstat', '-M', '-z', ...rangeOf(ground)]),
  );
  const expected = Number(git(ground.plain, ['rev-list', '--count', ...rangeOf(ground)]));
  return [
    {
      goal: '1a',
      what: `scan + parse of ${count} commits / git log --raw -z`,
      value: raw.ratio,
      unit: 'x',
      want: GOAL.atMost(1.5),
      note: sides(raw),
      wrong: count === expected ? null : `${count} commits listed, git counts ${expected}`,
    },
    {
      goal: '1b',
      what: 'scan, filter to 30%, added lines / git log --raw --numstat -M of all',
      value: counts.ratio,
      unit: 'x',
      want: GOAL.atMost(0.5),
      note: sides(counts),
      wrong: null,
    },
  ];
}
