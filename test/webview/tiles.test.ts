import { describe, expect, it } from 'vitest';
import type { Kpis } from '../../src/core/kpi.js';
import { isRowFilter } from '../../src/core/rowFilter.js';
import { spokenSummary, type Tile, tilesOf } from '../../webview/tiles.js';
import { noKpis } from '../support/kpis.js';

const empty = noKpis();

const full: Kpis = {
  ...empty,
  standings: { ...empty.standings, review: 3, conflict: 1, landed: 47, rejected: 2 },
  runs: {
    ...empty.runs,
    total: 10,
    outcomes: { done: 6, partly: 1, failed: 1, cancelled: 2 },
    successRate: 0.75,
    medianSeconds: 41,
    slowestSeconds: 300,
  },
  leadTime: { landed: 45, medianHours: 31, slowestHours: 52 * 7 * 24 },
  autoMerge: { part: 38, whole: 47, rate: 38 / 47 },
  rejection: { part: 2, whole: 50, rate: 0.04 },
};

const tile = (kpis: Kpis, key: string): Tile | undefined => tilesOf(kpis).find((one) => one.key === key);

describe('the figures of the overview', () => {
  it('lead to the rows they are made of', () => {
    const leads = tilesOf(full).map(({ key, lead }) => [key, lead.kind === 'rows' ? lead.filter : lead.kind]);
    expect(Object.fromEntries(leads)).toEqual({
      waiting: { standings: ['review', 'conflict'] },
      landed: { standings: ['landed'] },
      'lead-time': { standings: ['landed'] },
      'auto-merge': { standings: ['landed'], verdicts: ['auto-merge'] },
      rejection: { verdicts: ['rejected'] },
      success: 'tab',
      duration: 'tab',
    });
    expect(
      leads
        .map(([, filter]) => filter)
        .filter((one) => typeof one === 'object')
        .every(isRowFilter),
    ).toBe(true);
  });

  it('lead nowhere where nothing stands behind them, and show no number that is none', () => {
    expect(tilesOf(empty).map(({ lead }) => lead.kind)).toEqual(Array.from({ length: 7 }, () => 'nowhere'));
    expect(tilesOf(empty).map(({ value }) => value)).toEqual(['0', '0', '–', '–', '–', '–', '–']);
    expect(JSON.stringify(tilesOf(empty))).not.toMatch(/NaN|null|Infinity/);
  });

  it('say what a number comes from', () => {
    expect(tile(full, 'waiting')).toMatchObject({ value: '4', detail: '3 to review, 1 in conflict', isUrgent: true });
    expect(tile(full, 'auto-merge')).toMatchObject({ value: '81%', detail: '38 of 47 landed without a person' });
    expect(tile(full, 'success')).toMatchObject({ value: '75%', detail: '6 of 8 runs without a fault' });
    expect(tile(full, 'lead-time')).toMatchObject({ value: '31 hours', detail: expect.stringMatching(/52 weeks/) });
  });

  it('say one of one, and why there is none', () => {
    expect(tile(full, 'rejection')?.detail).toBe('2 of 50 validated were rejected');
    expect(tile({ ...full, rejection: { part: 1, whole: 8, rate: 0.125 } }, 'rejection')?.detail).toBe(
      '1 of 8 validated was rejected',
    );
    expect(tile(empty, 'landed')?.detail).toBe('nothing landed yet');
    const cancelled = { ...empty.runs, total: 2, outcomes: { ...empty.runs.outcomes, cancelled: 2 } };
    const details = (runs: Kpis['runs']) => ['success', 'duration'].map((key) => tile({ ...empty, runs }, key)?.detail);
    expect(details(cancelled)).toEqual(['every run was cancelled', 'every run was cancelled']);
    expect(details(empty.runs)).toEqual(['no run ended yet', 'no run ended yet']);
  });

  it('are summed up to be read aloud', () => {
    expect(spokenSummary(full)).toBe('4 commits waiting for you, 47 landed.');
  });
});
