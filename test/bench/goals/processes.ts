import { join } from 'node:path';
import { gitProcesses } from '../../../src/git/run.js';
import { cloneFor } from '../clone.js';
import { freshPath, type Ground } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { configure, engineOn, scan } from './scanned.js';

interface Counted {
  readonly cold: number;
  readonly poll: number;
  readonly commits: number;
}

/** Git processes of a first scan and of one that finds nothing new, with so many siblings that are all alike. */
async function countIn(ground: Ground, siblings: number): Promise<Counted> {
  const target = cloneFor(ground, freshPath('target'));
  configure(
    target,
    Array.from({ length: siblings }, (_unused, index) => ({
      name: `sibling${index}`,
      path: ground.sibling,
      branch: 'main',
    })),
  );
  const engine = engineOn(target, join(target, '..', 'cache'));
  const before = gitProcesses();
  const report = await scan(engine);
  const cold = gitProcesses() - before;
  await scan(engine);
  return { cold, poll: gitProcesses() - before - cold, commits: report.siblings[0]?.commits.length ?? 0 };
}

interface PerSibling {
  readonly cold: number;
  readonly poll: number;
  readonly opening: Counted;
  readonly commits: number;
}

/** What one more sibling costs, and what is left for opening the target. */
async function perSibling(ground: Ground): Promise<PerSibling> {
  const [one, two] = [await countIn(ground, 1), await countIn(ground, 2)];
  const [cold, poll] = [two.cold - one.cold, two.poll - one.poll];
  return { cold, poll, opening: { cold: one.cold - cold, poll: one.poll - poll, commits: 0 }, commits: one.commits };
}

/** Goal 2: how many git processes a sibling costs, in families of different sizes. */
export async function processesGoal(grounds: readonly Ground[]): Promise<readonly Measured[]> {
  const counted: PerSibling[] = [];
  for (const ground of grounds) counted.push(await perSibling(ground));
  const row = (what: string, value: number, limit: number | null, note: string): Measured => ({
    goal: '2',
    what,
    value,
    unit: 'processes',
    want: limit === null ? null : GOAL.atMost(limit),
    note,
    wrong: null,
  });
  const rows = counted.flatMap(({ cold, poll, opening, commits }) => [
    row(`first scan of a sibling of ${commits} commits`, cold, 12, `opening the target: ${opening.cold} more`),
    row(`poll of it with nothing new`, poll, 1, `opening the target: ${opening.poll} more`),
  ]);
  const [least, most] = [Math.min(...counted.map(({ cold }) => cold)), Math.max(...counted.map(({ cold }) => cold))];
  return counted.length < 2
    ? rows
    : [...rows, row('more for the larger of the families', most - least, 0, 'constant in the number of commits')];
}
