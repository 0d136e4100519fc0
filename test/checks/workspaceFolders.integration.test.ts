import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMembers } from '../../src/checks/workspaceFolders.js';
import { readPatterns } from '../../src/checks/workspacePatterns.js';
import { makeChecks, makeProject } from './project.js';

async function foldersOf(root: string, ...patterns: readonly string[]) {
  const read = readPatterns(patterns);
  const members = read && (await findMembers(root, read));
  return members?.map(({ folder }) => folder);
}

describe('the packages that patterns name', () => {
  test('are the folders with a package.json, at any depth where that is asked for, without those left out', async () => {
    const root = await makeProject({
      'packages/a/package.json': {},
      'packages/b/package.json': {},
      'packages/b/node_modules/c/package.json': {},
      'packages/b/deep/er/package.json': {},
      'packages/.hidden/package.json': {},
      'packages/empty/readme.txt': '',
      'apps/web/package.json': {},
    });
    expect(await foldersOf(root, 'packages/*')).toEqual(['packages/a', 'packages/b']);
    expect(await foldersOf(root, 'packages/**', '!packages/a')).toEqual(['packages/b', 'packages/b/deep/er']);
    expect(await foldersOf(root, 'apps/web', '*/w*', 'missing/*')).toEqual(['apps/web']);
    expect(await foldersOf(root, '.')).toEqual([]);
  });

  test('are not looked for behind a link, which may lead out of the tree', async () => {
    const [root, elsewhere] = await Promise.all([
      makeProject({ 'packages/a/package.json': {} }),
      makeProject({ 'package.json': { name: 'secret' } }),
    ]);
    await symlink(elsewhere, join(root, 'packages/linked'));
    await mkdir(join(root, 'packages/file'));
    await symlink(join(elsewhere, 'package.json'), join(root, 'packages/file/package.json'));
    expect(await foldersOf(root, 'packages/*')).toEqual(['packages/a']);
  });
});

describe('a workspace that cannot be read for certain', () => {
  test('is checked as a whole, and a note says why', async () => {
    const root = await makeProject({
      'package.json': { workspaces: ['packages/{a,b}'], scripts: { test: 'npm test --workspaces' } },
      'packages/a/package.json': { scripts: { test: 'true' } },
    });
    const { checks, notes, workspace } = await (await makeChecks()).detect(root);
    expect(workspace).toBeUndefined();
    expect(checks.map(({ run }) => run)).toEqual(['npm run --silent test']);
    expect(notes[0]).toMatch(/^Every package is checked.*"workspaces" in package\.json is written in a way/);
  });
});
