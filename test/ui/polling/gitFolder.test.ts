import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FolderReader, gitFoldersOf, namedGitFolder } from '../../../src/ui/polling/gitFolder.js';

/** Folders and files by their path; a folder is what has something below it. */
const readerOf = (files: Readonly<Record<string, string>>): FolderReader => ({
  read: async (folder, path) => files[posix.resolve(folder, path)] ?? null,
  isFolder: async (folder, path) =>
    Object.keys(files).some((file) => file.startsWith(`${posix.resolve(folder, path)}/`)),
  resolve: (folder, path) => posix.resolve(folder, path),
});

describe('where a sibling keeps its refs', () => {
  it('is .git of a plain repository', async () => {
    const reader = readerOf({ '/acme/.git/HEAD': 'ref: refs/heads/main\n' });
    expect(await gitFoldersOf('/acme', reader)).toEqual({ own: '/acme/.git', common: '/acme/.git' });
  });

  it('is shared by linked worktrees, each with a HEAD of its own', async () => {
    const reader = readerOf({
      '/linked/.git': 'gitdir: /acme/.git/worktrees/linked\n',
      '/acme/.git/worktrees/linked/commondir': '../..\n',
      '/acme/.git/HEAD': 'ref: refs/heads/main\n',
    });
    expect(await gitFoldersOf('/linked', reader)).toEqual({ own: '/acme/.git/worktrees/linked', common: '/acme/.git' });
  });

  it('may be named by a relative path, as for a submodule', async () => {
    const reader = readerOf({ '/top/lib/.git': 'gitdir: ../.git/modules/lib\n' });
    const folder = '/top/.git/modules/lib';
    expect(await gitFoldersOf('/top/lib', reader)).toEqual({ own: folder, common: folder });
  });

  it('is the folder itself when it is bare', async () => {
    const reader = readerOf({ '/acme.git/HEAD': 'ref: refs/heads/main\n', '/acme.git/refs/heads/main': 'a' });
    expect(await gitFoldersOf('/acme.git', reader)).toEqual({ own: '/acme.git', common: '/acme.git' });
  });

  it('is nowhere when the folder is no repository, or is gone', async () => {
    expect(await gitFoldersOf('/acme', readerOf({ '/acme/HEAD': 'a file of that name' }))).toBeNull();
    expect(await gitFoldersOf('/acme', readerOf({}))).toBeNull();
  });

  it('is not taken from a .git file that says something else', () => {
    const texts = ['', 'gitdir:', 'gitdir: a\nb\n', 'gitdir: a\0b', `gitdir: ${'a'.repeat(5_000)}`, 'x\ngitdir: /a'];
    expect(texts.map(namedGitFolder)).toEqual(Array(6).fill(null));
    expect(namedGitFolder('gitdir: /a b/.git\r\n')).toBe('/a b/.git');
  });
});
