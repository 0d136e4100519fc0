const FORMAT = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

/**
 * A moment (ISO 8601) as a date in words: `21 Nov 2026, 03:57`. It stays true while the panel stays open, which
 * `3 minutes ago` would not. `timeZone` is an IANA name, by default the reader's own.
 */
export function momentText(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'at an unknown time';
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat('en-GB', { ...FORMAT, hourCycle: 'h23', ...zone }).format(at);
}
