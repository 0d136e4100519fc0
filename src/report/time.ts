const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of an age: from how many milliseconds on, in which unit, and the unit's name. */
const STEPS: readonly (readonly [number, number, string, string])[] = [
  [730 * DAY, 365 * DAY, 'y', 'year'],
  [61 * DAY, 30 * DAY, 'mo', 'month'],
  [DAY, DAY, 'd', 'day'],
  [HOUR, HOUR, 'h', 'hour'],
  [0, MINUTE, 'm', 'minute'],
];

function stepOf(milliseconds: number): { readonly count: number; readonly short: string; readonly long: string } {
  const [, unit, short, long] = STEPS.find(([from]) => milliseconds >= from) ?? [0, MINUTE, 'm', 'minute'];
  return { count: Math.floor(milliseconds / unit), short, long };
}

/** The age of a moment (ISO 8601) in at most four characters: `5m`, `3h`, `12d`, `8mo`, `2y`; `?` when it is no date. */
export function ageOf(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return '?';
  const { count, short } = stepOf(Math.max(0, now - then));
  return `${count}${short}`;
}

/** A moment as seen from now: `3 hours ago`, `in 20 minutes`, `just now`; `at an unknown time` when it is no date. */
export function sinceOf(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return 'at an unknown time';
  const { count, long } = stepOf(Math.abs(now - then));
  if (count === 0) return 'just now';
  const words = `${count} ${long}${count === 1 ? '' : 's'}`;
  return then > now ? `in ${words}` : `${words} ago`;
}

/** A moment for people, in UTC: `2026-01-02 03:04 UTC`; the text itself when it is no date. */
export function momentOf(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return match === null ? iso : `${match[1]} ${match[2]} UTC`;
}

/** How long it took: `0.4 s`, `12 s`, `3 min 5 s`. */
export function spanOf(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
