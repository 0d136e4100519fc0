import { describe, expect, it } from 'vitest';
import { addCounts, byStanding, counted, countStandings, SYMBOLS, summaryOf } from '../../src/report/standingWords.js';
import { tally } from '../../src/report/tally.js';
import { ageOf, momentOf, sinceOf, spanOf } from '../../src/report/time.js';
import { EVERY_STANDING, NOW } from './samples.js';

describe('words for standings', () => {
  it('sum up in the order in which reports list them', () => {
    expect(summaryOf({ filtered: 3, landed: 2, conflict: 2, review: 1 })).toBe(
      '1 for review, 2 conflicts, 2 landed, 3 filtered',
    );
    expect(summaryOf({})).toBe('no incoming commits');
  });

  it('count and add', () => {
    const counts = countStandings(EVERY_STANDING);
    expect(counts.filtered).toBe(3);
    expect(addCounts([counts, counts, {}])).toMatchObject({ filtered: 6, review: 2 });
    expect(counted(1, 'commit')).toBe('1 commit');
    expect(counted(2, 'commit')).toBe('2 commits');
  });

  it('sort what waits for a person first', () => {
    expect(
      byStanding(EVERY_STANDING)
        .map(({ standing }) => standing)
        .slice(0, 3),
    ).toEqual(['review', 'conflict', 'rejected']);
  });

  it('have a sign for each that no other has', () => {
    expect(new Set(Object.values(SYMBOLS)).size).toBe(Object.keys(SYMBOLS).length);
  });
});

describe('tally', () => {
  it('puts the most frequent first, equal ones by name', () => {
    expect(tally(['b', 'a', 'c', 'c'])).toEqual([
      { label: 'c', count: 2 },
      { label: 'a', count: 1 },
      { label: 'b', count: 1 },
    ]);
  });
});

describe('times', () => {
  it.each([
    ['2026-03-02T11:55:00Z', '5m', '5 minutes ago'],
    ['2026-03-02T09:00:00Z', '3h', '3 hours ago'],
    ['2026-02-18T09:30:00Z', '12d', '12 days ago'],
    ['2025-06-01T00:00:00Z', '9mo', '9 months ago'],
    ['2023-01-01T00:00:00Z', '3y', '3 years ago'],
    ['2026-03-02T13:00:00Z', '0m', 'in 1 hour'],
    ['not a date', '?', 'at an unknown time'],
  ])('%s is %s, or %s', (iso, age, since) => {
    expect(ageOf(iso, NOW)).toBe(age);
    expect(sinceOf(iso, NOW)).toBe(since);
  });

  it('are short and in UTC', () => {
    expect(momentOf('2026-01-02T03:04:05Z')).toBe('2026-01-02 03:04 UTC');
    expect(spanOf(420)).toBe('0.4 s');
    expect(spanOf(12_400)).toBe('12 s');
    expect(spanOf(185_000)).toBe('3 min 5 s');
  });
});
