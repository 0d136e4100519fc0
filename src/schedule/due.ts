import type { BeatOutcome, Pace } from '../core/rhythm.js';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** Share of the interval by which beats are spread, so that many windows do not ask a host at the same second. */
export const JITTER = 0.1;

/** Milliseconds after which somebody else's run is likely over. */
export const BUSY_AGAIN = MINUTE;

/** How the latest beats ended. */
export interface Past {
  /** Null when none ended yet, or when somebody looked with success since. */
  readonly last: { readonly outcome: BeatOutcome; readonly at: number } | null;
  readonly failures: number;
}

/** Nothing was tried yet. */
export const NO_PAST: Past = { last: null, failures: 0 };

/** The past with one more beat in it; `at` in milliseconds since 1970. */
export function afterBeat(past: Past, outcome: BeatOutcome, at: number): Past {
  const failures = outcome === 'done' ? 0 : outcome === 'busy' ? past.failures : past.failures + 1;
  return { last: { outcome, at }, failures };
}

/** The past without what no longer counts, because the siblings were asked since. */
export const caughtUp = (past: Past, pace: Pace): Past =>
  past.last !== null && pace.checkedAt !== null && pace.checkedAt > past.last.at ? NO_PAST : past;

/**
 * Milliseconds to wait after so many failures in a row, doubling: without a network from half a minute to a quarter of
 * an hour, because it tends to come back soon; after other failures from five minutes to six hours, because they tend
 * to stay.
 */
export function backOff(outcome: 'offline' | 'failed', failures: number, every: number): number {
  const doubled = 2 ** Math.min(Math.max(failures - 1, 0), 20);
  if (outcome === 'offline') return Math.min(Math.min(every, 30 * SECOND) * doubled, every, 15 * MINUTE);
  return Math.min(Math.min(every, 5 * MINUTE) * doubled, Math.max(every, 6 * HOUR));
}

/** How far ahead of the clock a moment may lie, in milliseconds, before the clock must have been set back since. */
const SKEW = MINUTE;

/**
 * When the next beat is due by what happened before. Moments that lie in the future say nothing: the clock was set
 * back, and waiting for them could take years.
 */
export function dueAt({ every, checkedAt }: Pace, { last, failures }: Past, spread: number, now: number): number {
  const isPast = (moment: number): boolean => moment <= now + SKEW;
  const beat = last !== null && isPast(last.at) ? last : null;
  switch (beat?.outcome) {
    case 'busy':
      return beat.at + Math.min(BUSY_AGAIN, every);
    case 'offline':
    case 'failed':
      return beat.at + backOff(beat.outcome, failures, every);
    default: {
      // A beat that was cancelled noted nothing, and still counts from its end: it must not start again at once.
      const moments = [checkedAt, beat?.at ?? null].filter((one) => one !== null).filter(isPast);
      return moments.length === 0 ? now : Math.max(...moments) + every * (1 + JITTER * spread);
    }
  }
}

/** When things moved that are waited for. */
export interface Nudges {
  readonly first: number;
  readonly last: number;
}

/** Milliseconds of quiet after which a move is looked at, and the longest that moving on and on can put it off. */
export const [QUIET, LONGEST_UNREST] = [SECOND, 10 * SECOND];

/** The nudges with one more. */
export const nudged = (nudges: Nudges | null, now: number): Nudges => ({ first: nudges?.first ?? now, last: now });

/** When a beat is due because of nudges. */
export const dueByNudges = ({ first, last }: Nudges): number => Math.min(last + QUIET, first + LONGEST_UNREST);
