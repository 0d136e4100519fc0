import type { LandingState, RunState } from '../core/facts.js';
import type { EndedRun, RunKpi, RunOutcome } from '../core/kpi.js';
import { elapsed } from './elapsed.js';
import { lastingLandings } from './landings.js';
import { largest, median } from './median.js';
import { shareOf } from './share.js';

/** How many runs a view lists. */
const RECENT = 30;

const newestFirst = (one: RunState, other: RunState): number =>
  other.startedAt.localeCompare(one.startedAt) || other.run.localeCompare(one.run);

function landedByRun(landings: readonly LandingState[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { run, picks } of lastingLandings(landings)) counts.set(run, (counts.get(run) ?? 0) + picks.length);
  return counts;
}

/** Apart from what is still under way or was killed, and from what no one waits for: dry runs, `apply` and `undo`. */
function endedRuns(runs: readonly RunState[], landed: ReadonlyMap<string, number>): readonly EndedRun[] {
  return runs.flatMap(({ run, command, dryRun, startedAt, endedAt, outcome }): EndedRun[] => {
    if (dryRun || endedAt === null || outcome === 'running' || command === 'apply' || command === 'undo') return [];
    const seconds = (elapsed(startedAt, endedAt) ?? 0) / 1000;
    return [{ run, command, startedAt, seconds, outcome, landed: landed.get(run) ?? 0 }];
  });
}

/** A run that did not end was killed when another came after it; the newest may still be under way. */
const killedOf = (newest: readonly RunState[]): number =>
  newest
    .slice(1)
    .filter(({ endedAt, dryRun, command }) => endedAt === null && !dryRun && (command === 'scan' || command === 'sync'))
    .length;

/** How runs went, and how long they took. */
export function runFigures(runs: readonly RunState[], landings: readonly LandingState[]): RunKpi {
  const newest = runs.toSorted(newestFirst);
  const ended = endedRuns(newest, landedByRun(landings));
  const count = (outcome: RunOutcome): number => ended.filter((one) => one.outcome === outcome).length;
  const whole = ended.filter(({ outcome }) => outcome !== 'cancelled');
  const seconds = whole.map((one) => one.seconds);
  return {
    total: ended.length,
    outcomes: {
      done: count('done'),
      partly: count('partly'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    successRate: shareOf(count('done'), whole.length).rate,
    medianSeconds: median(seconds),
    slowestSeconds: largest(seconds),
    killed: killedOf(newest),
    recent: ended.slice(0, RECENT),
  };
}
