import { AutoSyncError } from './errors.js';
import { sanitize } from './sanitize.js';

const MILLISECONDS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** What a duration looks like, for the schema and for messages. */
export const DURATION_PATTERN = '^\\d{1,6}[smhdw]$';

/** Milliseconds of a duration such as `90s`, `30m`, `36h`, `7d` or `2w`. Throws `usage`. */
export function parseDuration(text: string): number {
  const unit = MILLISECONDS[text.slice(-1)];
  if (unit === undefined || !new RegExp(DURATION_PATTERN).test(text)) {
    throw new AutoSyncError({
      code: 'usage',
      what: `"${sanitize(text, 60)}" is no duration.`,
      next: 'Write a whole number and a unit (s, m, h, d or w), for example "36h" or "7d".',
    });
  }
  return Number(text.slice(0, -1)) * unit;
}
