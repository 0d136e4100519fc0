import { describe, expect, it } from 'vitest';
import { runFigures } from '../../src/insight/runFigures.js';
import { storedLanding, storedRun } from '../support/stored.js';

const moment = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

describe('figures of runs', () => {
  it('count how runs ended, and what share was done', () => {
    const runs = (['done', 'done', 'partly', 'failed', 'cancelled'] as const).map((outcome, index) =>
      storedRun(`r${index}`, { outcome }),
    );
    expect(runFigures(runs, [])).toMatchObject({
      total: 5,
      outcomes: { done: 2, partly: 1, failed: 1, cancelled: 1 },
      successRate: 0.5,
    });
  });

  it('leave out dry runs, words of a person, and what has not ended', () => {
    const runs = [
      storedRun('dry', { dryRun: true }),
      storedRun('apply', { command: 'apply' }),
      storedRun('undo', { command: 'undo' }),
      storedRun('now', { startedAt: moment(9), endedAt: null, outcome: 'running' }),
    ];
    expect(runFigures(runs, [])).toMatchObject({ total: 0, successRate: null, medianSeconds: null, killed: 0 });
  });

  it('tell a killed run from the one that may be under way', () => {
    const open = { endedAt: null, outcome: 'running' } as const;
    const runs = [
      storedRun('now', { startedAt: moment(2), ...open }),
      storedRun('killed', { startedAt: moment(1), ...open }),
      storedRun('killed-dry', { startedAt: moment(0), dryRun: true, ...open }),
    ];
    expect(runFigures(runs, [])).toMatchObject({ total: 0, killed: 1 });
    expect(runFigures([...runs].reverse(), []).killed).toBe(1);
  });

  it('say how long runs took, without those that were cancelled and never less than nothing', () => {
    const took = (run: string, from: number, to: number, outcome: 'done' | 'cancelled' = 'done') =>
      storedRun(run, { startedAt: moment(from), endedAt: moment(to), outcome });
    const runs = [took('a', 0, 1), took('b', 0, 3), took('back', 5, 4), took('c', 0, 50, 'cancelled')];
    expect(runFigures(runs, [])).toMatchObject({ medianSeconds: 60, slowestSeconds: 180 });
  });

  it('list the newest runs first, with what each landed and nobody took back', () => {
    const picks = [
      { origin: '1'.repeat(40), pick: '2'.repeat(40) },
      { origin: '3'.repeat(40), pick: '4'.repeat(40) },
    ];
    const runs = [storedRun('old', { startedAt: moment(0) }), storedRun('new', { startedAt: moment(1) })];
    const landings = [
      storedLanding('acme', { run: 'old', picks }),
      storedLanding('globex', { run: 'old', picks }),
      storedLanding('acme', { run: 'new', picks, phase: 'undone' }),
      storedLanding('acme', { run: 'new', picks, how: 'review' }),
    ];
    expect(runFigures(runs, landings).recent.map(({ run, landed }) => [run, landed])).toEqual([
      ['new', 0],
      ['old', 4],
    ]);
  });

  it('list no more than a view can show', () => {
    const runs = Array.from({ length: 1000 }, (_unused, index) => storedRun(`r${index}`));
    expect(runFigures(runs, [])).toMatchObject({ total: 1000, recent: { length: 30 } });
  });
});
