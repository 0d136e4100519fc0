import { describe, expect, it } from 'vitest';
import { cronOf } from '../../src/core/cron.js';
import { parseDuration } from '../../src/core/duration.js';

const SEEDS = [0, 1, 17, 53, 54, 999, 123_456_789, 4_294_967_295];
const DAY = 24 * 60;

/** Values of a field: `*`, `7` or `3-59/15`. */
function valuesOf(field: string, last: number): readonly number[] {
  const [, from, to, step] = /^(\d+)(?:-(\d+)\/(\d+))?$/.exec(field) ?? [];
  const start = from === undefined ? 0 : Number(from);
  const end = to === undefined ? (from === undefined ? last : start) : Number(to);
  const every = step === undefined ? 1 : Number(step);
  return Array.from({ length: Math.floor((end - start) / every) + 1 }, (_unused, index) => start + index * every);
}

/** Minutes of a week at which a line of cron starts something. */
function startsOf(line: string): readonly number[] {
  const [minutes = '', hours = '', , , weekday = ''] = line.split(' ');
  return valuesOf(weekday, 6).flatMap((day) =>
    valuesOf(hours, 23).flatMap((hour) => valuesOf(minutes, 59).map((minute) => day * DAY + hour * 60 + minute)),
  );
}

const gapsOf = (starts: readonly number[]): readonly number[] => {
  const sorted = [...starts].sort((one, other) => one - other);
  return sorted.map((start, index) => (sorted[index + 1] ?? (sorted[0] ?? 0) + 7 * DAY) - start);
};

describe('a schedule as a line of cron', () => {
  it.each<readonly [string, string]>([
    ['1s', '5m'],
    ['5m', '5m'],
    ['15m', '15m'],
    ['45m', '30m'],
    ['1h', '1h'],
    ['90m', '1h'],
    ['5h', '4h'],
    ['12h', '12h'],
    ['36h', '1d'],
    ['7d', '7d'],
    ['4w', '7d'],
  ])('for every %s starts every %s, never at the full hour', (asked, got) => {
    for (const seed of SEEDS) {
      const { line, every } = cronOf(parseDuration(asked), seed);
      expect(every).toBe(parseDuration(got));
      const starts = startsOf(line);
      expect(new Set(gapsOf(starts))).toEqual(new Set([every / 60_000]));
      expect(starts.some((start) => start % 60 === 0)).toBe(false);
    }
  });

  it('is the same for the same seed and spread for others', () => {
    const lines = SEEDS.map((seed) => cronOf(3_600_000, seed).line);
    expect(lines).toEqual(SEEDS.map((seed) => cronOf(3_600_000, seed).line));
    expect(new Set(lines).size).toBeGreaterThan(4);
  });
});
