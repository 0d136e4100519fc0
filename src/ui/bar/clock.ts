import { momentText } from '../moment.js';

const HOURS = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/**
 * A moment (milliseconds since 1970) as a clock shows it when it is of the same day as `now`, else with its date.
 * `timeZone` is an IANA name, by default the reader's own.
 */
export function clockText(moment: number, now: number, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat('en-GB', { ...zone, dateStyle: 'short' });
  if (day.format(moment) !== day.format(now)) return momentText(new Date(moment).toISOString(), timeZone);
  return new Intl.DateTimeFormat('en-GB', { ...HOURS, ...zone }).format(moment);
}
