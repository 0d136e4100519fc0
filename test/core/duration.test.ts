import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/core/duration.js';

describe('parseDuration', () => {
  it.each([
    ['0h', 0],
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['36h', 129_600_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '36', 'h', '1.5h', '-1h', '1h30m', ' 1h', '1H', '1y', '9999999d', '1h\n', '\x1b[2J'])(
    'refuses %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'usage' }));
      expect(() => parseDuration(text)).not.toThrow(/\x1b/);
    },
  );
});
