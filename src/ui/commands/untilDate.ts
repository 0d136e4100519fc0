/** How long a no can hold; `months: null` stands for good, `'typed'` for a date that a person writes. */
export interface Term {
  readonly label: string;
  readonly months: number | null | 'typed';
}

/** What is offered, the usual first. */
export const TERMS: readonly Term[] = [
  { label: 'For good', months: null },
  { label: 'For 1 month', months: 1 },
  { label: 'For 3 months', months: 3 },
  { label: 'Until a date...', months: 'typed' },
];

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** The day (YYYY-MM-DD, UTC) so many months after `now`; the last of a shorter month when it has no such day. */
export function dayAfter(months: number, now: Date): string {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(now.getUTCDate(), last));
  return day(first);
}

/** Why a typed date will not do; null when it is a day in the future. */
export function dateProblem(text: string, now: Date): string | null {
  const typed = text.trim();
  const written = 'Write a date as YYYY-MM-DD, for example';
  if (!/^\d{4}-\d\d-\d\d$/.test(typed)) return `${written} ${dayAfter(1, now)}.`;
  const at = new Date(`${typed}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || day(at) !== typed) return 'There is no such day.';
  return typed > day(now) ? null : 'That day is not in the future.';
}

/** Why a reason will not do; null when it will. */
export function reasonProblem(text: string): string | null {
  return text.trim() === '' ? 'Say why, so that others understand it later.' : null;
}
