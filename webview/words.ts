const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const YEAR = 365.25 * DAY;

/** From how many seconds on a span is told in a unit: 47 hours say more than 2 days, 20 days more than 3 weeks. */
const UNITS = [
  { from: 2 * YEAR, seconds: YEAR, unit: 'year' },
  { from: 4 * WEEK, seconds: WEEK, unit: 'week' },
  { from: 2 * DAY, seconds: DAY, unit: 'day' },
  { from: HOUR, seconds: HOUR, unit: 'hour' },
  { from: 2 * MINUTE, seconds: MINUTE, unit: 'minute' },
  { from: 0, seconds: 1, unit: 'second' },
] as const;

const UNKNOWN = 'at an unknown time';

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** A number with its thousands apart. */
export const countText = (count: number): string => whole.format(count);

/** As `countText`, but of a few letters however large: `1.2M`. */
export const shortCountText = (count: number): string => (count < 100_000 ? whole : compact).format(count);

/** A number with its noun: `1 commit`, `2 commits`. */
export const counted = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** A rate (0 to 1) in percent. What is neither all nor nothing never looks as if it were. */
export function percentText(rate: number): string {
  const percent = Math.round(rate * 100);
  if (percent === 0 && rate > 0) return '< 1%';
  if (percent === 100 && rate < 1) return '> 99%';
  return `${percent}%`;
}

/** A span of seconds in one unit: `4.5 seconds`, `3 hours`, `52 weeks`; below ten with one digit after the point. */
export function spanText(seconds: number): string {
  const { seconds: size, unit } = UNITS.find(({ from }) => seconds >= from) ?? UNITS[UNITS.length - 1] ?? UNITS[0];
  const count = Math.max(0, seconds) / size;
  const shown = count < 10 ? Math.round(count * 10) / 10 : Math.round(count);
  return `${oneDigit.format(shown)} ${unit}${shown === 1 ? '' : 's'}`;
}

/** How long ago a moment (ISO 8601) was, in whole units: `5 weeks`; null when it is no moment. `now` in milliseconds since 1970. */
export function ageText(iso: string, now: number): string | null {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return null;
  if (seconds < MINUTE) return 'less than a minute';
  return seconds < 2 * MINUTE ? '1 minute' : spanText(wholeUnits(seconds));
}

/** Rounded down, so that a clock that ticks never goes back. */
function wholeUnits(seconds: number): number {
  const size = UNITS.find(({ from }) => seconds >= from)?.seconds ?? 1;
  return Math.floor(seconds / size) * size;
}

/** As `ageText`, in a sentence: `5 weeks ago`. What lies in the future, by another clock, is just now. */
export function agoText(iso: string, now: number): string {
  const age = ageText(iso, now);
  if (age === null) return UNKNOWN;
  return age === 'less than a minute' ? 'just now' : `${age} ago`;
}

/** A moment (ISO 8601) as date and time in the reader's own zone. */
export function momentText(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? UNKNOWN : dayAndTime.format(at);
}
