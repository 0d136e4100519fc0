import { describe, expect, test } from 'vitest';
import { endOfText, plainText } from '../../src/checks/plainText.js';

describe('plainText', () => {
  test('takes colours, links, clipboard commands and control characters away', () => {
    const hostile =
      '\x1b[31mred\x1b[0m \x1b]8;;http://evil.test\x07link\x1b]8;;\x1b\\ \x1b]52;c;ZXZpbA==\x07\x9b31m\x1b[2Jx\x00\x07\u202ey\u200bz';
    expect(plainText(hostile)).toBe('red link xyz');
  });

  test('keeps lines, tabs and letters of every language', () => {
    expect(plainText('a\tb\r\nprogress 1\rprogress 2\n✖ größer 測試')).toBe(
      'a\tb\nprogress 1\nprogress 2\n✖ größer 測試',
    );
  });
});

describe('endOfText', () => {
  test('keeps the end without half a character', () => {
    expect(endOfText('aé', 1)).toBe('');
    expect(endOfText('aéb', 3)).toBe('éb');
    expect(endOfText('short', 100)).toBe('short');
  });
});
