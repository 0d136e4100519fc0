import { describe, expect, it } from 'vitest';
import {
  afterBeat,
  backOff,
  caughtUp,
  dueAt,
  dueByNudges,
  NO_PAST,
  type Nudges,
  nudged,
  type Past,
} from '../../src/schedule/due.js';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const NOW = Date.UTC(2026, 0, 2, 12);
const hourly = (checkedAt: number | null) => ({ every: HOUR, checkedAt });

const failing = (outcome: 'offline' | 'failed', times: number): Past =>
  Array.from({ length: times }).reduce<Past>((past) => afterBeat(past, outcome, NOW), NO_PAST);

describe('when a look is due', () => {
  it('is at once when the siblings were never asked', () => {
    expect(dueAt(hourly(null), NO_PAST, 0.5, NOW)).toBe(NOW);
  });

  it('is an interval after the last one, so that a restart does not look again', () => {
    expect(dueAt(hourly(NOW - MINUTE), NO_PAST, 0, NOW)).toBe(NOW + 59 * MINUTE);
  });

  it('is up to a tenth of the interval later, by chance', () => {
    expect(dueAt(hourly(NOW), NO_PAST, 1, NOW) - NOW).toBeCloseTo(66 * MINUTE, 5);
  });

  it('is an interval after one that was cancelled, not at once', () => {
    expect(dueAt(hourly(NOW - 3 * HOUR), afterBeat(NO_PAST, 'done', NOW), 0, NOW)).toBe(NOW + HOUR);
  });

  it('is a minute later when somebody else is at it, which is no failure', () => {
    const past = afterBeat(NO_PAST, 'busy', NOW);
    expect(past.failures).toBe(0);
    expect(dueAt(hourly(NOW - 3 * HOUR), past, 0, NOW)).toBe(NOW + MINUTE);
  });

  it('is at once when the last look lies in the future, because the clock was set back', () => {
    expect(dueAt(hourly(NOW + 24 * HOUR), NO_PAST, 0.5, NOW)).toBe(NOW);
    expect(dueAt(hourly(null), afterBeat(NO_PAST, 'failed', NOW + 24 * HOUR), 0.5, NOW)).toBe(NOW);
  });
});

describe('after failures', () => {
  it('the wait doubles and has an end', () => {
    const waits = [1, 2, 3, 7, 8, 99].map((times) => backOff('failed', times, HOUR) / MINUTE);
    expect(waits).toEqual([5, 10, 20, 320, 360, 360]);
  });

  it('a lost network is tried sooner, and never less often than usual', () => {
    const waits = [1, 2, 3, 6, 99].map((times) => backOff('offline', times, HOUR) / MINUTE);
    expect(waits).toEqual([0.5, 1, 2, 15, 15]);
    expect(backOff('offline', 99, MINUTE)).toBe(MINUTE);
  });

  it('one that went well is the end of them', () => {
    expect(afterBeat(failing('failed', 3), 'done', NOW).failures).toBe(0);
    expect(failing('offline', 3).failures).toBe(3);
  });

  it('a look by a person is the end of them too, and an older one is not', () => {
    expect(caughtUp(failing('failed', 2), hourly(NOW + 1))).toEqual(NO_PAST);
    expect(caughtUp(failing('failed', 2), hourly(NOW - 1)).failures).toBe(2);
  });
});

describe('what moves', () => {
  const all = (moments: readonly number[]): number =>
    dueByNudges(moments.reduce<Nudges | null>(nudged, null) ?? { first: 0, last: 0 });

  it('is looked at after a second of quiet', () => {
    expect(all([0, 300, 700])).toBe(1_700);
  });

  it('is looked at after ten seconds when it does not come to rest', () => {
    expect(all(Array.from({ length: 40 }, (_, index) => index * 500))).toBe(10_000);
  });
});
