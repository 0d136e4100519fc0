import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cloneFor } from '../clone.js';
import { freshPath, type Ground } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { median } from '../stopwatch.js';
import { configure, engineOn, scan } from './scanned.js';

/** Milliseconds between two looks. */
const RESOLUTION = 5;

interface Delay {
  readonly p99: number;
  readonly most: number;
  readonly commits: number;
}

/** How long others had to wait for the event loop while a first scan ran, in milliseconds. */
async function delayOf(ground: Ground): Promise<Delay> {
  const target = cloneFor(ground, freshPath('target'));
  configure(target, [{ name: 'sibling', path: ground.sibling, branch: 'main' }]);
  const engine = engineOn(target, freshPath('cache'));
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION });
  monitor.enable();
  const report = await scan(engine);
  monitor.disable();
  return {
    p99: monitor.percentile(99) / 1e6,
    most: monitor.max / 1e6,
    commits: report.siblings[0]?.commits.length ?? 0,
  };
}

/** Goal 11: a scan must leave the editor's thread free. */
export async function loopGoal(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  const delays: Delay[] = [];
  for (let round = 0; round < rounds; round += 1) delays.push(await delayOf(ground));
  return [
    {
      goal: '11',
      what: `event-loop delay p99 while ${delays[0]?.commits ?? 0} commits are scanned`,
      value: median(delays.map(({ p99 }) => p99)),
      unit: 'ms',
      want: GOAL.atMost(50),
      note: `longest ${median(delays.map(({ most }) => most)).toFixed(0)} ms`,
      wrong: null,
    },
  ];
}
