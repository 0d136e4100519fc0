const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From how many milliseconds on which unit counts, its length, and its sign and name. */
const STEPS = [
  [730 * DAY, 365 * DAY, 'y', 'year'],
  [61 * DAY, 30 * DAY, 'mo', 'month'],
  [DAY, DAY, 'd', 'day'],
  [HOUR, HOUR, 'h', 'hour'],
  [MINUTE, MINUTE, 'min', 'minute'],
] as const;

function stepOf(iso: string, now: number) {
  const passed = now - Date.parse(iso);
  const step = STEPS.find(([from]) => passed >= from);
  if (step === undefined) return Number.isNaN(passed) ? null : { count: 0, sign: '', name: '' };
  const [, unit, sign, name] = step;
  return { count: Math.floor(passed / unit), sign, name };
}

/** The age of a moment (ISO 8601), short: `4 min`, `3 d`, `now`; empty when it is no date. */
export function shortAge(iso: string, now: number): string {
  const step = stepOf(iso, now);
  if (step === null) return '';
  return step.count === 0 ? 'now' : `${step.count} ${step.sign}`;
}

/** How long a moment is past: `4 min ago`, `just now`; `at an unknown time` when it is no date. */
export function agoText(iso: string, now: number): string {
  const step = stepOf(iso, now);
  if (step === null) return 'at an unknown time';
  return step.count === 0 ? 'just now' : `${step.count} ${step.sign} ago`;
}

/** As `agoText`, to be read aloud: `4 minutes ago`. */
export function spokenAge(iso: string, now: number): string {
  const step = stepOf(iso, now);
  if (step === null) return 'at an unknown time';
  return step.count === 0 ? 'just now' : `${step.count} ${step.name}${step.count === 1 ? '' : 's'} ago`;
}
