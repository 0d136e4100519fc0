import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, fill, hang, widthOf, wrap } from '../../../src/report/terminal/layout.js';

describe('widthOf', () => {
  it.each([
    ['plain', 5],
    ['新しい', 6],
    ['🎉', 2],
    ['e\u0301', 1],
    ['', 0],
  ])('gives %j %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});

describe('cut and fill', () => {
  it('never exceed the columns, and fill reaches them, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 60 }), (text, columns) => {
        expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns);
        expect(widthOf(fill(text, columns))).toBe(columns);
      }),
    );
  });

  it('shows that something was cut', () => {
    expect(cut('a longer text', 8)).toBe('a longe…');
    expect(cut('short', 8)).toBe('short');
  });

  it('keeps the indentation of code', () => {
    expect(cut('  return sum;', 20)).toBe('  return sum;');
  });
});

describe('wrap and hang', () => {
  it('keep within the columns and lose no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { maxLength: 30 }), (words) => {
        const lines = wrap(words.join(' '), 40, 4);
        expect(lines.every((line) => line.length <= 40)).toBe(true);
        expect(
          lines
            .map((line) => line.trim())
            .filter(Boolean)
            .join(' '),
        ).toBe(words.join(' '));
      }),
    );
  });

  it('break a word that is longer than a line', () => {
    expect(wrap('x'.repeat(50), 30)).toEqual(['x'.repeat(30), 'x'.repeat(20)]);
  });

  it('keep a number with its noun', () => {
    expect(wrap('we have 12 candidates', 21).length).toBe(1);
    expect(wrap('it has now 12 candidates', 20)).toEqual(['it has now', '12 candidates']);
  });

  it('set further lines in under the text behind a label', () => {
    expect(hang('note: ', 'one two three four five', 30, 2)).toEqual(['  note: one two three four', '        five']);
  });
});
