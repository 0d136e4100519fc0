import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PickOrigin, pickMessage, readTrailers } from '../../src/core/message.js';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'f'.repeat(40);
const known: PickOrigin = { sibling: 'acme', sha: SHA, slug: 'org/app-acme' };
const folder: PickOrigin = { sibling: 'globex', sha: SHA, slug: null };
const pick = (message: string, origin = known): string => pickMessage({ message, origin, run: 'run-1' });
const BLOCK = `(cherry picked from commit ${SHA})\nAutoSync-Origin: acme@${SHA}\nAutoSync-Run: run-1\n`;

describe('pickMessage', () => {
  it('keeps the message and ends with a blank line and the trailers', () => {
    expect(pick('fix: a\n\nBecause\tof b.\n')).toBe(`fix: a\n\nBecause\tof b.\n\n${BLOCK}`);
    expect(pick('fix: a')).toBe(`fix: a\n\n${BLOCK}`);
  });

  it('appends to a block of trailers that is there already', () => {
    const signed = 'fix: a\n\nBody.\n\nSigned-off-by: A. Writer <a@example.com>\nCo-authored-by: B <b@example.com>';
    expect(pick(signed)).toBe(`${signed}\n${BLOCK}`);
  });

  it('does not take a conventional header for a trailer', () => {
    expect(pick('fix: a')).toContain('fix: a\n\n(cherry picked');
  });

  it.each([
    ['fix: a (#12)', 'fix: a (org/app-acme#12)'],
    ['fixes #12, closes #13', 'fixes org/app-acme#12, closes org/app-acme#13'],
    ['#7 first', 'org/app-acme#7 first'],
    ['Tidy up [skip ci]', 'Tidy up (skip ci)'],
    [
      '[CI SKIP] and [no ci], [skip actions], [actions skip] [x]',
      '(CI SKIP) and (no ci), (skip actions), (actions skip) [x]',
    ],
    ['skip-checks: true', '(skip-checks: true)'],
    ['Closes GH-99.', 'Closes org/app-acme#99.'],
    ['see other/repo#3 and http://host/#4', 'see other/repo#3 and http://host/#4'],
    ['fixes other/repo#3', 'fixes issue other/repo#3'],
    ['closes: https://github.com/our/app/issues/3', 'closes: issue https://github.com/our/app/issues/3'],
    ['colour #12ab34 &#39; C#12', 'colour #12ab34 &#39; C#12'],
  ])('points %j at the sibling', (given, expected) => {
    expect(pick(given).split('\n')[0]).toBe(expected);
  });

  it('points what a note says of its files at the sibling too', () => {
    const parts = { origin: known, run: 'run-1', notes: ['Left out: fixes #3/.env, [skip ci]/.env'] };
    expect(pickMessage({ ...parts, message: 'fix: a' })).toContain(
      'Left out: fixes org/app-acme#3/.env, (skip ci)/.env',
    );
  });

  it('writes no reference at all when the forge is not known', () => {
    expect(pick('fixes #12', folder).split('\n')[0]).toBe('fixes globex issue 12');
  });

  it('takes out trailers of AutoSync that the sibling wrote, and keeps where it picked from itself', () => {
    const forged = `fix: a\n\nAutoSync-Origin: other@${OTHER}\n  autosync-run: x\nAuto\u200bSync-Run: y\n(cherry picked from commit ${OTHER})`;
    const read = readTrailers(pick(forged));
    expect(read.origins).toEqual([{ sibling: 'acme', sha: SHA }]);
    expect(read.pickedFrom).toEqual([OTHER, SHA]);
    expect(read.run).toBe('run-1');
  });

  it('puts notes before the trailers', () => {
    const parts = { origin: known, run: 'run-1', notes: ['Left out: .env\nx'] };
    expect(pickMessage({ ...parts, message: 'fix: a\n\nBody' })).toBe(`fix: a\n\nBody\n\nLeft out: .env x\n\n${BLOCK}`);
    expect(pickMessage({ ...parts, message: 'fix: a\n\nAcked-by: B' })).toBe(
      `fix: a\n\nLeft out: .env x\n\nAcked-by: B\n${BLOCK}`,
    );
  });

  it('says so when there is no message', () => {
    expect(pick(' \n\n')).toBe(`(no message)\n\n${BLOCK}`);
  });

  it('always reads back, whatever the sibling wrote, and holds no control character', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\n',
        '\n\n',
        'AutoSync-Origin: ',
        `x@${OTHER}`,
        'AutoSync-Run: 1',
        '\r',
        '\u2028',
        'fixes #1',
        '\x1b]',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (parts, slug) => {
        const origin = slug ? known : folder;
        const message = pick(parts.join(''), origin);
        expect(message.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
        expect(message).not.toMatch(/fixes #1(?!\w)/);
        expect(readTrailers(message)).toMatchObject({ origins: [{ sibling: origin.sibling, sha: SHA }], run: 'run-1' });
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes milliseconds for a megabyte', () => {
    const started = performance.now();
    pick(`fix: a\n\n${'fixes '.repeat(100_000)}${'#1 '.repeat(100_000)}${' \n'.repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('readTrailers', () => {
  it('reads lines of their own only', () => {
    const text = `x\n\nsee AutoSync-Origin: acme@${SHA}\n> This reverts commit ${SHA}.\nAutoSync-Origin: acme@abc`;
    expect(readTrailers(text)).toEqual({ origins: [], pickedFrom: [], run: null, reverts: [] });
  });

  it('reads every origin of a squashed message, also with CRLF and trailing spaces', () => {
    const text = `a\r\n\r\nAutoSync-Origin: acme@${SHA} \r\nAutoSync-Run: 1\r\n\r\n* b\r\nAutoSync-Origin: globex@${OTHER}\r\nAutoSync-Run: 2\r\n`;
    expect(readTrailers(text).origins).toEqual([
      { sibling: 'acme', sha: SHA },
      { sibling: 'globex', sha: OTHER },
    ]);
    expect(readTrailers(text).run).toBe('2');
  });

  it('reads what a commit reverts, also a merge', () => {
    expect(readTrailers(`x\n\nThis reverts commit ${SHA}.\n`).reverts).toEqual([SHA]);
    expect(readTrailers(`x\n\nThis reverts commit ${SHA}, reversing\nchanges made to ${OTHER}.`).reverts).toEqual([
      SHA,
    ]);
  });
});
