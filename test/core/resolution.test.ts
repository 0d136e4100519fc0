import { describe, expect, it } from 'vitest';
import { checkResolution } from '../../src/core/checkResolution.js';
import type { Resolution } from '../../src/core/facts.js';
import { resolutionOf, resolvesAll } from '../../src/core/resolution.js';
import type { TriedConflict } from '../../src/core/trial.js';

const made = (sha: string, at: string, patchId: string | null = null): Resolution => ({
  sibling: 'acme',
  sha,
  patchId,
  by: 'A. Keeper',
  at,
  files: [],
});

describe('resolutionOf', () => {
  it('finds the newest of the commit, or of the same change under another name', () => {
    const known = [made('a', '1', 'p'), made('b', '2', 'p'), made('c', '3', null)];
    expect(resolutionOf(known, 'a', undefined)?.at).toBe('1');
    expect(resolutionOf(known, 'a', 'p')?.at).toBe('2');
    expect(resolutionOf(known, 'x', 'p')?.sha).toBe('b');
  });

  it('does not take the lack of a patch-id for the same change', () => {
    expect(resolutionOf([made('c', '3', null)], 'x', undefined)).toBeUndefined();
  });
});

describe('resolvesAll', () => {
  const files = [
    { path: 'a', ours: 'one', text: 'x' },
    { path: 'b', ours: null, text: null },
    { path: 'd', ours: 'one', theirs: 'two', keep: 'theirs' },
  ] as const;

  it.each([
    ['just what was resolved', [{ path: 'a', ours: 'one', theirs: 'x' }], true],
    ['a file that the target did not have then nor now', [{ path: 'b', ours: null, theirs: 'x' }], true],
    ['another version', [{ path: 'a', ours: 'two', theirs: 'x' }], false],
    ['a file that the target has now', [{ path: 'b', ours: 'one', theirs: 'x' }], false],
    ['a file that nobody resolved', [{ path: 'c', ours: null, theirs: 'x' }], false],
    ['the two versions of which one was kept', [{ path: 'd', ours: 'one', theirs: 'two' }], true],
    ['another version of the side that was kept', [{ path: 'd', ours: 'one', theirs: 'three' }], false],
    ['a kept side that is gone', [{ path: 'd', ours: 'one', theirs: null }], false],
  ])('is asked about %s', (_what, conflicted, expected) => {
    expect(resolvesAll(files, conflicted)).toBe(expected);
  });
});

describe('checkResolution', () => {
  const conflict = (change: Partial<TriedConflict> = {}): TriedConflict => ({
    path: 'src/a.txt',
    type: 'contents',
    base: null,
    ours: { mode: '100644', oid: 'o' },
    theirs: { mode: '100644', oid: 't' },
    merged: null,
    encoding: 'utf8',
    texts: [],
    names: ['src/a.txt'],
    ...change,
  });
  const check = (change: Partial<TriedConflict>, text: string | null) =>
    checkResolution([conflict(change)], [{ path: 'src/a.txt', text }], () => false);

  it('takes texts and deletions, with the version of the target that they are for', () => {
    expect(check({}, 'x\r\n')).toEqual([{ path: 'src/a.txt', ours: 'o', text: 'x\r\n' }]);
    expect(check({ ours: null }, null)).toEqual([{ path: 'src/a.txt', ours: null, text: null }]);
    expect(check({ encoding: 'latin1' }, 'ü')).toMatchObject([{ text: 'ü', encoding: 'latin1' }]);
    expect(check({ encoding: null }, null)).toEqual([{ path: 'src/a.txt', ours: 'o', text: null }]);
  });

  it.each([
    ['a text for what is no text', { encoding: null }, 'x', /no text/],
    ['a submodule', { ours: { mode: '160000', oid: 'o' } }, null, /submodule/],
    ['a character that the encoding lacks', { encoding: 'latin1' as const }, '–', /Latin-1/],
    ['half a character', {}, '\ud800', /Unicode/],
  ])('refuses %s', (_what, change, text, why) => {
    expect(() => check(change, text)).toThrow(why);
  });

  it('refuses what is denied, also as a deletion', () => {
    const files = [{ path: 'src/a.txt', text: null }];
    expect(() => checkResolution([conflict()], files, () => true)).toThrow(/deny list/);
  });

  it('knows a path by the text that was shown of it', () => {
    const files = [{ path: 'a b.txt', text: 'x' }];
    expect(checkResolution([conflict({ path: 'a\tb.txt' })], files, () => false)).toMatchObject([{ path: 'a\tb.txt' }]);
  });
});
