const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that divide an hour: GitHub starts nothing more often than every five minutes. */
const MINUTES = [5, 6, 10, 12, 15, 20, 30] as const;
/** Steps that divide a day. */
const HOURS = [1, 2, 3, 4, 6, 8, 12] as const;

/** When a schedule of a forge starts something: a line of cron, and how long that is from one start to the next. */
export interface Cron {
  readonly line: string;
  /** Milliseconds. */
  readonly every: number;
}

/** The longest step that is not longer than asked for; the shortest one when none is. */
const fitting = (steps: readonly number[], asked: number): number =>
  steps.findLast((step) => step <= asked) ?? steps[0] ?? 1;

/** A field of cron that starts at an offset and goes on in steps. */
const stepped = (offset: number, step: number, last: number): string =>
  step === 1 ? '*' : `${offset % step}-${last}/${step}`;

/**
 * A time between two runs as a line of cron (POSIX fields, UTC). Cron cannot say every time: the next one that it can
 * say and that is not longer is taken, at least five minutes. `seed`, a whole number, moves the start off the full
 * hour, where everybody else starts too; the same seed gives the same line.
 */
export function cronOf(every: number, seed: number): Cron {
  const minute = 3 + (seed % 54);
  if (every < HOUR) {
    const step = fitting(MINUTES, every / MINUTE);
    const offset = 1 + (seed % (step - 1));
    return { line: `${stepped(offset, step, 59)} * * * *`, every: step * MINUTE };
  }
  const hour = Math.floor(seed / 54);
  if (every < DAY) {
    const step = fitting(HOURS, every / HOUR);
    return { line: `${minute} ${stepped(hour, step, 23)} * * *`, every: step * HOUR };
  }
  const isWeekly = every >= 7 * DAY;
  const day = isWeekly ? String(Math.floor(seed / (54 * 24)) % 7) : '*';
  return { line: `${minute} ${hour % 24} * * ${day}`, every: isWeekly ? 7 * DAY : DAY };
}

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

/** How often something starts, in words: `every hour`, `every 15 minutes`. */
export function everyWords(milliseconds: number): string {
  const [unit, name] = UNITS.find(([length]) => milliseconds % length === 0) ?? UNITS[2];
  const count = milliseconds / unit;
  return count === 1 ? `every ${name}` : `every ${count} ${name}s`;
}
