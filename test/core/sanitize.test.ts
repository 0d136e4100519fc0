import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitize, sanitizeBlock } from '../../src/core/sanitize.js';

const FORBIDDEN =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|\p{Surrogate}/u;
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\x1b[', '\x1b]', '\x9b', '\x90', '\x1b\\', '\x07', '\u202e', '\r', '\n', '\ud800', '31m', ';'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('sanitize', () => {
  it.each([
    ['\x1b[2J', ''],
    ['a\x1b[31;1mred\x1b[0m', 'ared'],
    ['\x1b]8;;http://evil\x07link\x1b]8;;\x07', 'link'],
    ['\x1b]52;c;ZXZpbA==\x07after', 'after'],
    ['\x1b]0;title\x1b\\after', 'after'],
    ['\x1bP1$r0m\x1b\\after', 'after'],
    ['\x9b31mred', 'red'],
    ['\x9d52;c;ZXZpbA==\x9cafter', 'after'],
    ['real\rfake', 'real fake'],
    ['one\r\ntwo\nthree\u2028four\tfive', 'one two three four five'],
    ['txt.\u202eexe', 'txt.exe'],
    ['\u2066a\u2069\u200e\u200f\u061c', 'a'],
    ['a\u200bb\u200cc\u200dd\u2060e\ufefff', 'abcdef'],
    ['a\u{e0041}b', 'ab'],
    ['nul\0 bell\x07 back\b del\x7f', 'nul bell back del'],
    ['half \ud83d', 'half \ufffd'],
    ['\x1b', ''],
  ])('takes the danger out of %j', (given, expected) => {
    expect(sanitize(given)).toBe(expected);
  });

  it('leaves ordinary text of any script alone', () => {
    const text = 'fix: naïve Größe 日本語 🎉 <!channel> @org/all [x](command:y)';
    expect(sanitize(text)).toBe(text);
  });

  it('cuts long text with an ellipsis and never through a character', () => {
    expect(sanitize('x'.repeat(600))).toBe(`${'x'.repeat(499)}…`);
    expect(sanitize('a🎉🎉', 3)).toBe('a…');
  });

  it('lets no forbidden character through, whatever comes in', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = sanitize(text);
        expect(shown).not.toMatch(FORBIDDEN);
        expect(sanitize(shown)).toBe(shown);
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes milliseconds for a megabyte of unfinished sequences', () => {
    const started = performance.now();
    sanitize('\x1b['.repeat(250_000) + '\x1b]'.repeat(250_000) + '\x1b]'.concat('a'.repeat(500_000)));
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('sanitizeBlock', () => {
  it('keeps line feeds and tabs and turns other line breaks into line feeds', () => {
    expect(sanitizeBlock('a\tb\r\nc\rd\x1b[31m\u202ee')).toBe('a\tb\nc\nde');
  });

  it('lets no forbidden character through but line feed and tab', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(sanitizeBlock(text).replace(/[\n\t]/g, '')).not.toMatch(FORBIDDEN);
      }),
      { numRuns: 5_000 },
    );
  });
});
