/**
 * Holds what AutoSync costs against git itself, in the same run (design: performance, "Goals as ratios"):
 *
 *   npm run bench [-- --quick]
 *   npm run bench -- TARGET SIBLING [--target-rev REV] [--sibling-rev REV] [--quick]
 *
 * Without repositories a family is generated, always the same. Nothing is asserted about time: the exit status tells
 * only whether every answer was right.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { git } from '../support/plainGit.js';
import { makeFamily } from './family.js';
import { activationGoal } from './goals/activation.js';
import { appliedGoal } from './goals/applied.js';
import { branchGoal } from './goals/branch.js';
import { cancelGoal } from './goals/cancel.js';
import { flatGoal } from './goals/flat.js';
import { forecastGoal } from './goals/forecast.js';
import { listGoal } from './goals/list.js';
import { loadGoal } from './goals/load.js';
import { loopGoal } from './goals/loop.js';
import { pollGoal } from './goals/poll.js';
import { processesGoal } from './goals/processes.js';
import { scanGoal } from './goals/scan.js';
import { stateGoal } from './goals/state.js';
import { validationGoal } from './goals/validation.js';
import { worktreeGoal } from './goals/worktree.js';
import { absentPaths, freshPath, type Ground, openGround, removeFresh } from './ground.js';
import { isMet, type Measured, tableOf } from './measured.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'target-rev': { type: 'string' },
    'sibling-rev': { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const ROUNDS = values.quick ? 3 : 5;
const SAMPLE = values.quick ? 20 : 40;

type Goal = readonly [number: string, measure: () => Promise<readonly Measured[]>];

const onGround = (ground: Ground): readonly Goal[] => [
  ['1', () => scanGoal(ground, ROUNDS)],
  ['3', () => appliedGoal(ground, ROUNDS)],
  ['4', () => forecastGoal(ground, ROUNDS, SAMPLE)],
  ['6', () => branchGoal(ground, ROUNDS)],
  ['7', async () => (absentPaths(ground).length > 0 ? [] : worktreeGoal(ground, ROUNDS))],
];

const generated = (files: number, sibling: number): Promise<Ground> => {
  const folder = makeFamily(freshPath('family.git'), { files, sibling, target: 80 });
  return openGround({ target: folder, sibling: folder, targetRev: 'main', siblingRev: 'sibling' });
};

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function measureAll(goals: readonly Goal[]): Promise<readonly Measured[]> {
  const rows: Measured[] = [];
  for (const [number, measure] of goals) {
    if (values.only !== undefined && !values.only.split(',').includes(number)) continue;
    say(`goal ${number} ...`);
    rows.push(...(await measure()));
  }
  return rows;
}

/** Measures goals on grounds that are open only as long as they are needed. */
async function using<T>(
  makers: readonly (() => Promise<Ground>)[],
  work: (grounds: readonly Ground[]) => Promise<T>,
): Promise<T> {
  const grounds: Ground[] = [];
  try {
    for (const make of makers) grounds.push(await make());
    return await work(grounds);
  } finally {
    for (const ground of grounds) await ground.remove();
  }
}

async function onFamily(): Promise<readonly Measured[]> {
  const sizes = [
    [1000, 600],
    [1000, 150],
    [1000, 1000],
    [20_000, 200],
    [1000, 200],
  ] as const;
  say('making the families ...');
  return using(
    sizes.map(
      ([files, commits]) =>
        () =>
          generated(files, commits),
    ),
    async ([family, less, more, large, small]) => {
      if (
        family === undefined ||
        less === undefined ||
        more === undefined ||
        large === undefined ||
        small === undefined
      )
        return [];
      const [one, ...others] = onGround(family);
      return measureAll([
        ...(one === undefined ? [] : [one]),
        ['2', () => processesGoal([less, family])],
        ...others.slice(0, 2),
        ['5', () => flatGoal(small, large, ROUNDS, SAMPLE)],
        ...others.slice(2),
        ['8', () => pollGoal(less, ROUNDS)],
        ['9', () => stateGoal(ROUNDS)],
        ['10', () => loadGoal(ROUNDS)],
        ['11', () => loopGoal(more, ROUNDS)],
        ['12', () => listGoal(ROUNDS)],
        ['13', () => activationGoal(ROUNDS)],
        ['14', validationGoal],
        ['15', () => cancelGoal(ROUNDS)],
      ]);
    },
  );
}

async function onPair(target: string, sibling: string): Promise<readonly Measured[]> {
  say('bringing both repositories into a temporary folder ...');
  const sources = { target, sibling, targetRev: values['target-rev'], siblingRev: values['sibling-rev'] };
  return using([() => openGround(sources)], async ([ground]) => {
    if (ground === undefined) return [];
    if (!ground.owns)
      say('A source lacks objects, so that git works on borrowed ones here: its own times are a little long.');
    return measureAll([...onGround(ground), ['2', () => processesGoal([ground])], ['11', () => loopGoal(ground, 1)]]);
  });
}

async function main(): Promise<number> {
  const [target, sibling] = positionals;
  if (target !== undefined && sibling === undefined) {
    say('Name two repositories, or none: npm run bench -- TARGET SIBLING');
    return 2;
  }
  try {
    const rows = target === undefined || sibling === undefined ? await onFamily() : await onPair(target, sibling);
    const load = loadavg()
      .map((value) => value.toFixed(1))
      .join(' ');
    process.stdout.write(
      `\n${git('.', ['--version'])}, node ${process.versions.node}, ${availableParallelism()} cores, load ${load}, medians of ${ROUNDS}\n\n`,
    );
    process.stdout.write(tableOf(rows));
    const wrong = rows.filter((row) => row.wrong !== null);
    process.stdout.write(
      `\n${rows.filter((row) => row.want !== null && isMet(row)).length} met, ${rows.filter((row) => !isMet(row)).length} not met, ${wrong.length} wrong\n`,
    );
    return wrong.length === 0 ? 0 : 1;
  } finally {
    removeFresh();
  }
}

process.exitCode = await main();
