import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunReport } from '../../../src/core/enhancement.js';
import { git } from '../../support/plainGit.js';
import { freshPath, NEVER } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { timeOf } from '../stopwatch.js';
import { engineOn } from './scanned.js';

const PICKS = 20;

/** Seconds that each check takes: a type-check and a test run of a small project. */
const CHECKS = [
  ['types', 4],
  ['test', 8],
] as const;

interface Batch {
  readonly target: string;
  readonly sibling: string;
  /** Where checks write down when they began and ended, in nanoseconds. */
  readonly times: string;
  readonly cache: string;
}

function commit(root: string, subject: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  git(root, ['add', '-A']);
  git(root, ['-c', 'user.name=A. Writer', '-c', 'user.email=writer@example.test', 'commit', '-q', '-m', subject]);
}

/** A check that takes its time and writes it down; it fails where a file below `src` says BROKEN. */
const checkOf = (times: string, name: string, seconds: number) => ({
  name,
  run: `began=$(date +%s%N); sleep ${seconds}; grep -rl BROKEN src; found=$?; echo "$began $(date +%s%N)" >> '${times}'; [ $found -ne 0 ]`,
  reads: 'exit-code',
});

/** A target and a sibling that is 20 commits ahead of it, one of which may be bad. */
function batchWith(bad: number | null): Batch {
  const folder = freshPath('batch');
  const [target, sibling] = [join(folder, 'target'), join(folder, 'acme')];
  mkdirSync(target, { recursive: true });
  git(target, ['init', '-q', '--template=', '--initial-branch=main', '.']);
  commit(target, 'chore: the template', 'src/app.txt', 'app\n');
  mkdirSync(join(target, '.git/info'), { recursive: true });
  appendFileSync(join(target, '.git/info/exclude'), '/.autosync/\n');
  for (const [key, value] of [
    ['user.name', 'A. Keeper'],
    ['user.email', 'keeper@example.test'],
  ] as const)
    git(target, ['config', key, value]);
  git(folder, ['clone', '-q', '--', target, sibling]);
  for (let number = 1; number <= PICKS; number += 1)
    commit(sibling, `fix: number ${number}`, `src/f${number}.txt`, number === bad ? 'BROKEN\n' : 'good\n');
  const times = join(folder, 'times');
  const checks = CHECKS.map(([name, seconds]) => checkOf(times, name, seconds));
  mkdirSync(join(target, '.autosync'));
  const config = { version: 1, siblings: [{ name: 'acme', path: '../acme' }], validate: { checks } };
  writeFileSync(join(target, '.autosync/config.json'), JSON.stringify(config));
  return { target, sibling, times, cache: join(folder, 'cache') };
}

/** Milliseconds of every check that ran. */
function checkTimes({ times }: Batch): readonly number[] {
  if (!existsSync(times)) return [];
  const lines = readFileSync(times, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [began = 0n, ended = 0n] = line.split(' ').map(BigInt);
    return Number((ended - began) / 1_000_000n);
  });
}

const landedIn = (report: RunReport | null): number =>
  report?.siblings.flatMap(({ commits }) => commits).filter(({ standing }) => standing === 'landed').length ?? 0;

async function measure(bad: number | null, most: number): Promise<Measured> {
  const batch = batchWith(bad);
  let report: RunReport | null = null;
  const wall = await timeOf(async () => {
    const engine = engineOn(batch.target, batch.cache);
    report = await engine.sync({ dryRun: false, signal: NEVER });
  });
  const times = checkTimes(batch);
  const own = times.reduce((sum, time) => sum + time, 0);
  const landed = landedIn(report);
  const wanted = bad === null ? PICKS : PICKS - 1;
  const naive = CHECKS.length * PICKS;
  const rightly = landed === wanted && times.length <= most;
  return {
    goal: '14',
    what: `what a batch of ${PICKS}${bad === null ? '' : ', one of them bad,'} costs beside its checks / the checks`,
    value: (wall - own) / own,
    unit: 'x',
    want: GOAL.atMost(0.1),
    note: `${(wall / 1000).toFixed(1)} s, ${(own / 1000).toFixed(1)} s of it in checks; ${times.length} commands, naive ${naive} (checks x commits)`,
    wrong: rightly ? null : `${landed} of ${wanted} landed, with ${times.length} commands of at most ${most}`,
  };
}

/** Goal 14: what validation costs beside the checks themselves, and how many of them a batch needs. */
export async function validationGoal(): Promise<readonly Measured[]> {
  // The target and the tip; with a bad one, at most four more trees.
  return [await measure(null, 2 * CHECKS.length), await measure(7, 6 * CHECKS.length)];
}
