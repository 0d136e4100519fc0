import { expect, it } from 'vitest';
import { momentText } from '../../src/ui/moment.js';

it("tells a moment in the reader's own time zone", () => {
  expect(momentText('2026-11-21T23:57:46.599Z', 'UTC')).toBe('21 Nov 2026, 23:57');
  expect(momentText('2026-11-21T23:57:46.599Z', 'Asia/Tokyo')).toBe('22 Nov 2026, 08:57');
});

it('writes midnight as 00:00', () => {
  expect(momentText('2026-11-21T00:00:00Z', 'UTC')).toBe('21 Nov 2026, 00:00');
});

it('does not fail on what is no date', () => {
  expect(momentText('yesterday-ish')).toBe('at an unknown time');
});
