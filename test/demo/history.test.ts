import { expect, it } from 'vitest';
import type { DemoCommit } from '../../src/demo/commit.js';
import { importRuns, importStream, readMarks } from '../../src/demo/history.js';
import { placeCommits } from '../../src/demo/snapshot.js';

const NOW = Date.UTC(2026, 0, 11);
const author = { name: 'A. Writer', email: 'writer@example.test' };
const commit = (message: string, more: Partial<DemoCommit> = {}): DemoCommit => ({
  message,
  author,
  daysAgo: 1,
  ...more,
});
const pathsOf = (commits: readonly DemoCommit[]) => placeCommits(commits).map(({ files }) => [...files.keys()]);

it('a commit has the files of the one before it, with what it writes and without what it removes', () => {
  const commits = [commit('one', { write: { a: '1', b: '2' } }), commit('two', { write: { c: '3' }, remove: ['a'] })];
  expect(pathsOf(commits)).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
});

it('a merge has both sides, and both as parents', () => {
  const placed = placeCommits([
    commit('base', { key: 'base', write: { a: 'old', b: 'old' } }),
    commit('side', { key: 'side', write: { b: 'new' } }),
    commit('main', { after: 'base', write: { a: 'new' } }),
    commit('merge', { merges: { side: 'side', base: 'base' } }),
  ]);
  expect(placed.map(({ parents }) => parents)).toEqual([[], [0], [0], [2, 1]]);
  expect([...(placed[3]?.files ?? [])].map(([path, { content }]) => [path, content])).toEqual([
    ['a', 'new'],
    ['b', 'new'],
  ]);
});

it('an edit must fit exactly once', () => {
  const twice = [commit('one', { write: { a: 'x x' } }), commit('two', { edit: [{ path: 'a', find: 'x', put: 'y' }] })];
  const never = [commit('one', { edit: [{ path: 'a', find: 'x', put: 'y' }] })];
  expect(() => placeCommits(twice)).toThrow('a has 2 places');
  expect(() => placeCommits(never)).toThrow('a is no text file');
});

it('an unknown key is refused by name', () => {
  expect(() => placeCommits([commit('one', { after: 'nowhere' })])).toThrow('"nowhere"');
});

it('writes a stream with lengths in bytes, dates before now, and only what changed', () => {
  const placed = placeCommits([
    commit('één', { write: { a: 'é' }, daysAgo: 10 }),
    commit('two', { write: { b: 'x' }, executable: ['b'] }),
  ]);
  const start = NOW / 1000;
  expect(importStream(placed, [0, 2], new Map(), NOW).toString()).toBe(
    `commit refs/heads/main\nmark :1\nauthor A. Writer <writer@example.test> ${start - 864_000} +0000\n` +
      `committer A. Writer <writer@example.test> ${start - 864_000} +0000\ndata 6\néén\n\nM 100644 inline a\ndata 2\né\n\n` +
      `commit refs/heads/main\nmark :2\nauthor A. Writer <writer@example.test> ${start - 86_400} +0000\n` +
      `committer A. Writer <writer@example.test> ${start - 86_400} +0000\ndata 4\ntwo\n\nfrom :1\nM 100755 inline b\ndata 1\nx\n\ndone\n`,
  );
});

it('a message that names a commit waits for the run after it', () => {
  const placed = placeCommits([
    commit('one', { key: 'it' }),
    commit('two'),
    commit('This reverts commit {sha of it}.'),
  ]);
  expect(importRuns(placed)).toEqual([
    [0, 2],
    [2, 3],
  ]);
  expect(() => importStream(placed, [2, 3], new Map(), NOW)).toThrow('"it" has no name yet');
  const known = readMarks(`:1 ${'a'.repeat(40)}\n:2 ${'b'.repeat(40)}\n`);
  expect(importStream(placed, [2, 3], known, NOW).toString()).toContain(`This reverts commit ${'a'.repeat(40)}.`);
});
