import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Commit, Sha } from '../../../src/core/commit.js';
import type { Forecast } from '../../../src/core/enhancement.js';
import type { ForecastResult } from '../../../src/core/gitPort.js';
import { adoptAttributes } from '../../../src/git/attributes.js';
import { ContentCache } from '../../../src/git/contentCache.js';
import { forecastAll } from '../../../src/git/forecast.js';
import { lsTree } from '../../../src/git/lsTree.js';
import { git, tryGit } from '../../support/plainGit.js';
import { drainGit } from '../drain.js';
import { freshPath, type Ground, NEVER, spread, worktreeOf } from '../ground.js';
import { GOAL, type Goal, type Measured } from '../measured.js';
import { median, pairedOf, sides, timeOf } from '../stopwatch.js';

/** Forecasts as a new run makes them: the head is read, then every commit is tried; remembered in the folder `memory`. */
export async function forecastOn(
  ground: Ground,
  head: Sha,
  commits: readonly Commit[],
  memory: string,
  processes = 2,
): Promise<readonly ForecastResult[]> {
  const { quarantine, port } = ground;
  mkdirSync(memory, { recursive: true });
  const cache = await ContentCache.open(join(memory, 'forecasts.txt'));
  const outcomes = await ContentCache.open(join(memory, 'outcomes.txt'));
  const files = async () => {
    const found = await lsTree(quarantine.place, head, { signal: NEVER });
    await adoptAttributes(quarantine, found, NEVER);
    return found;
  };
  const tree = await port.treeOf(head);
  const setting = { quarantine, format: port.target.objectFormat, cache, outcomes, processes, signal: NEVER };
  return forecastAll(
    setting,
    { tree, files },
    commits.map((commit) => ({ commit })),
  );
}

/** Real picks of each commit alone, each taken back again; the outcomes are looked up while the clock stands still. */
export async function pickAndReset(
  ground: Ground,
  commits: readonly Commit[],
): Promise<{ readonly milliseconds: number; readonly outcomes: ReadonlyMap<Sha, Forecast> }> {
  const folder = worktreeOf(ground, 'picks');
  const outcomes = new Map<Sha, Forecast>();
  let milliseconds = 0;
  for (const { sha } of commits) {
    milliseconds += await drainGit(folder, ['cherry-pick', sha], 'any');
    outcomes.set(sha, outcomeIn(folder, ground.headTree));
    milliseconds += await drainGit(folder, ['reset', '-q', '--hard', ground.head]);
  }
  return { milliseconds, outcomes };
}

function outcomeIn(folder: string, headTree: Sha): Forecast {
  if (git(folder, ['ls-files', '-u']) !== '') return 'conflict';
  return tryGit(folder, ['write-tree']).text.trim() === headTree ? 'empty' : 'clean';
}

function disagreement(results: readonly ForecastResult[], real: ReadonlyMap<Sha, Forecast>): string | null {
  const wrong = results.filter(({ sha, outcome }) => real.get(sha) !== outcome);
  return wrong.length === 0
    ? null
    : `${wrong.length} of ${results.length} differ from a real pick, first ${wrong[0]?.sha}`;
}

/** Goal 4, first part: a sample forecast against the same sample really picked. */
async function againstPicks(ground: Ground, rounds: number, sampled: number): Promise<readonly Measured[]> {
  const sample = spread(ground.candidates, sampled);
  const rows: Measured[] = [];
  for (const [processes, limit] of [
    [1, 6],
    [2, 10],
  ] as const) {
    let wrong: string | null = null;
    const real = new Map<Sha, Forecast>();
    const paired = await pairedOf(
      rounds,
      async () => {
        let results: readonly ForecastResult[] = [];
        const milliseconds = await timeOf(async () => {
          results = await forecastOn(ground, ground.head, sample, freshPath('memory'), processes);
        });
        if (real.size > 0) wrong ??= disagreement(results, real);
        return milliseconds;
      },
      async () => {
        const { milliseconds, outcomes } = await pickAndReset(ground, sample);
        for (const [sha, outcome] of outcomes) real.set(sha, outcome);
        return milliseconds;
      },
    );
    rows.push(
      sampleRow(
        `4${processes === 1 ? 'a' : 'b'}`,
        `pick + reset / forecast of ${sample.length}, ${processes} process${processes === 1 ? '' : 'es'}`,
        1 / paired.ratio,
        GOAL.atLeast(limit),
        sides(paired),
        wrong,
      ),
    );
  }
  return rows;
}

const sampleRow = (
  goal: string,
  what: string,
  value: number,
  want: Goal | null,
  note: string,
  wrong: string | null,
): Measured => ({ goal, what, value, unit: 'x', want, note, wrong });

/** Goal 4, second part: forecasting again, on the same head and after it moved by one commit. */
async function again(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  const { head, candidates } = ground;
  const parent = git(ground.plain, ['rev-parse', '--verify', `${head}^`]);
  const before = freshPath('memory');
  await forecastOn(ground, parent, candidates, before);
  const taken: { cold: number; moved: number; same: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const file = freshPath('memory');
    cpSync(before, file, { recursive: true });
    const cold = await timeOf(() => forecastOn(ground, head, candidates, freshPath('memory')));
    const moved = await timeOf(() => forecastOn(ground, head, candidates, file));
    taken.push({ cold, moved, same: await timeOf(() => forecastOn(ground, head, candidates, file)) });
  }
  const cold = median(taken.map((one) => one.cold));
  const row = (goal: string, what: string, part: 'moved' | 'same', limit: number): Measured => ({
    goal,
    what: `${what} / cold, ${candidates.length} commits`,
    value: median(taken.map((one) => one[part] / one.cold)),
    unit: 'x',
    want: GOAL.atMost(limit),
    note: `${median(taken.map((one) => one[part])).toFixed(0)} ms : ${cold.toFixed(0)} ms (${(cold / candidates.length).toFixed(1)} ms each)`,
    wrong: null,
  });
  return [
    row('4c', 'forecast again, same head', 'same', 0.02),
    row('4d', 'forecast after the head moved by one commit', 'moved', 0.25),
  ];
}

/** Goal 4: forecasts against real picks, and against themselves remembered. */
export async function forecastGoal(ground: Ground, rounds: number, sampled: number): Promise<readonly Measured[]> {
  return [...(await againstPicks(ground, rounds, sampled)), ...(await again(ground, rounds))];
}
