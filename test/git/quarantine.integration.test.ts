import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { cloneOf, commitOf, exists, makeCommit, makeRepository, nextSecond } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { lines } from './corpus.js';

const scene = (): { target: string; sibling: string; cache: string } => {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': lines(10), 'deep/b.txt': lines(10) } });
  const sibling = cloneOf(target);
  makeCommit(sibling, { files: { 'deep/c.txt': 'c\n' } });
  makeCommit(sibling, { files: { 'a.txt': lines(10, { 2: 'there' }) } });
  return { target, sibling, cache: temporaryFolder() };
};

const quarantineIn = (cache: string): string => {
  const [name = ''] = readdirSync(join(cache, 'autosync'));
  return join(cache, 'autosync', name, 'quarantine.git');
};

/** Loose and packed objects that the quarantine holds itself. */
const objectsIn = (quarantine: string): readonly string[] => {
  const folders = readdirSync(join(quarantine, 'objects')).filter((name) => name !== 'info');
  return folders.flatMap((folder) =>
    readdirSync(join(quarantine, 'objects', folder)).map((name) => join(quarantine, 'objects', folder, name)),
  );
};

/** Turns packs into loose objects, so that a test can lose a single one. */
function unpack(quarantine: string): void {
  for (const path of objectsIn(quarantine).filter((name) => name.endsWith('.pack'))) {
    const pack = readFileSync(path);
    rmSync(path);
    rmSync(path.replace(/pack$/, 'idx'));
    git(quarantine, ['unpack-objects', '-q'], { input: pack });
  }
}

async function expectWorks(target: string, sibling: string, cache: string): Promise<string | null> {
  const port = await openPort(target, { cache });
  const { incoming } = await bring(port, siblingAt(sibling));
  const forecasts = await port.forecast(
    port.target.head,
    incoming.map((commit) => ({ commit })),
    NEVER,
  );
  expect(forecasts.map((forecast) => forecast.outcome)).toEqual(incoming.map(() => 'clean'));
  expect(incoming.at(-1)?.sha).toBe(commitOf(sibling));
  await port.chain(
    port.target.head,
    incoming.map((commit) => ({ commit, message: 'm\n' })),
    NEVER,
  );
  await port.close();
  return port.rebuilt;
}

describe('the quarantine', () => {
  it('is used again when it is sound, and fetches nothing twice', async () => {
    const { target, sibling, cache } = scene();
    expect(await expectWorks(target, sibling, cache)).toBeNull();
    expect(await expectWorks(target, sibling, cache)).toBeNull();
  });

  it('is made anew after the target lost the objects that it borrowed', async () => {
    const { target, sibling, cache } = scene();
    makeCommit(target, { files: { 'deep/shared.txt': 'shared\n', 'other/x.txt': 'x\n' } });
    git(sibling, ['pull', '-q', '--rebase', target, 'main']);
    makeCommit(sibling, { files: { 'later.txt': 'l\n' } });
    expect(await expectWorks(target, sibling, cache)).toBeNull();
    git(target, ['reset', '-q', '--hard', 'HEAD^']);
    git(target, ['reflog', 'expire', '--expire=now', '--all']);
    git(target, ['gc', '-q', '--prune=now']);
    const first = await openPort(target, { cache });
    const outcome = await bring(first, siblingAt(sibling)).then(
      () => 'worked',
      (error: { code?: string }) => error.code,
    );
    if (outcome === 'worked') expect(first.rebuilt).not.toBeNull();
    else expect(outcome).toBe('quarantine-damaged');
    const rebuilt = await expectWorks(target, sibling, cache);
    if (outcome !== 'worked') expect(rebuilt).not.toBeNull();
  });

  it('of a target that moved to another folder is a new one that works', async () => {
    const { target, sibling, cache } = scene();
    await expectWorks(target, sibling, cache);
    const moved = join(temporaryFolder(), 'moved');
    renameSync(target, moved);
    expect(await expectWorks(moved, sibling, cache)).toBeNull();
    expect(readdirSync(join(cache, 'autosync'))).toHaveLength(2);
  });

  it('is made anew when another repository stands at the target’s place', async () => {
    const { target, sibling, cache } = scene();
    await expectWorks(target, sibling, cache);
    rmSync(target, { recursive: true });
    makeRepository({ folder: target, objectFormat: 'sha256' });
    makeCommit(target, { files: { 'a.txt': lines(10) } });
    const other = cloneOf(target);
    makeCommit(other, { files: { 'n.txt': 'n\n' } });
    expect(await expectWorks(target, other, cache)).toMatch(/sha256/);
  });

  it.each(['deleted', 'truncated', 'empty'] as const)('is made anew when its objects are %s', async (fault) => {
    const { target, sibling, cache } = scene();
    await expectWorks(target, sibling, cache);
    const objects = objectsIn(quarantineIn(cache)).filter((path) => !path.endsWith('.idx'));
    expect(objects.length).toBeGreaterThan(0);
    for (const path of objects) {
      if (fault === 'deleted') rmSync(path);
      else {
        chmodSync(path, 0o644);
        truncateSync(path, fault === 'empty' ? 0 : Math.floor(statSync(path).size / 2));
      }
    }
    expect(await expectWorks(target, sibling, cache)).not.toBeNull();
    expect(await expectWorks(target, sibling, cache)).toBeNull();
  });

  it('is made anew at the next run when one object deep inside is gone', async () => {
    const { target, sibling, cache } = scene();
    await expectWorks(target, sibling, cache);
    const quarantine = quarantineIn(cache);
    const tree = git(sibling, ['rev-parse', 'HEAD^:deep']);
    unpack(quarantine);
    rmSync(join(quarantine, 'objects', tree.slice(0, 2), tree.slice(2)));
    const port = await openPort(target, { cache });
    await expect(bring(port, siblingAt(sibling))).rejects.toMatchObject({ code: 'quarantine-damaged' });
    expect(await expectWorks(target, sibling, cache)).toMatch(new RegExp(tree.slice(0, 8)));
  });

  it.each([
    ['an empty folder', (quarantine: string) => mkdirSync(quarantine, { recursive: true })],
    [
      'a HEAD alone',
      (quarantine: string) => {
        mkdirSync(quarantine, { recursive: true });
        writeFileSync(join(quarantine, 'HEAD'), 'ref: refs/heads/none\n');
      },
    ],
    [
      'everything but objects',
      (quarantine: string) => {
        git(join(quarantine, '..'), ['init', '-q', '--bare', quarantine]);
        rmSync(join(quarantine, 'objects'), { recursive: true });
      },
    ],
  ])('that a killed run left as %s is made anew', async (_name, leave) => {
    const { target, sibling, cache } = scene();
    await expectWorks(target, sibling, cache);
    const quarantine = quarantineIn(cache);
    rmSync(quarantine, { recursive: true });
    leave(quarantine);
    await expectWorks(target, sibling, cache);
    expect(await expectWorks(target, sibling, cache)).toBeNull();
  });

  it('is swept of what a killed run left beside it', async () => {
    const { target, sibling, cache } = scene();
    await expectWorks(target, sibling, cache);
    const left = join(quarantineIn(cache), '..', 'scratch-999999999-abc');
    mkdirSync(join(left, 'objects'), { recursive: true });
    await expectWorks(target, sibling, cache);
    expect(exists(left)).toBe(false);
    expect(readdirSync(join(left, '..')).filter((name) => /scratch|marks/.test(name))).toEqual([]);
  });

  it('hashes every file anew, also one that git was told not to look at', async () => {
    const { target, cache } = scene();
    const port = await openPort(target, { cache });
    const head = commitOf(target);
    const folder = await port.checkout(head, NEVER);
    const worktree = ['--git-dir', join(quarantineIn(cache), 'worktrees/worktree'), '--work-tree', folder];
    git(folder, [...worktree, 'update-index', '--assume-unchanged', 'a.txt']);
    writeFileSync(join(folder, 'a.txt'), 'changed');
    expect(git(folder, [...worktree, 'diff', '--name-only', 'HEAD'])).toBe('');
    expect(await port.worktreeChanges(head, NEVER)).toEqual(['a.txt']);
  });

  it('keeps the worktree at the asked tree whatever a killed run or a check left there', async () => {
    const { target, cache } = scene();
    const head = commitOf(target);
    const next = makeCommit(target, { files: { 'a.txt': 'next\n', 'added.txt': `${nextSecond()}\n` } });
    const port = await openPort(target, { cache });
    const folder = await port.checkout(next, NEVER);
    writeFileSync(join(folder, 'a.txt'), 'changed');
    writeFileSync(join(folder, 'stray.txt'), 'stray');
    mkdirSync(join(folder, 'node_modules/kept'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/kept/index.js'), '');
    writeFileSync(join(quarantineIn(cache), 'worktrees/worktree/index.lock'), '');
    expect(await port.worktreeChanges(next, NEVER)).toEqual(['a.txt']);
    expect(await port.checkout(head, NEVER)).toBe(folder);
    expect(readdirSync(folder).sort()).toEqual(['.git', 'a.txt', 'deep', 'node_modules']);
    expect(await port.worktreeChanges(head, NEVER)).toEqual([]);
    rmSync(join(quarantineIn(cache), 'worktrees'), { recursive: true });
    expect(await port.checkout(next, NEVER)).toBe(folder);
    expect(exists(join(folder, 'added.txt'))).toBe(true);
  });

  it('leaves nothing there that the commit does not bring when it is to be fresh', async () => {
    const { target, cache } = scene();
    makeCommit(target, { files: { 'test/node_modules/own/index.js': 'of the project\n' } });
    const port = await openPort(target, { cache });
    const folder = await port.checkout(commitOf(target), NEVER);
    for (const path of ['node_modules/one', 'test/node_modules/two', '.turbo/cache']) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'index.js'), '');
    }
    await port.checkout(commitOf(target), NEVER);
    expect(exists(join(folder, 'test/node_modules/two/index.js'))).toBe(true);
    await port.checkout(commitOf(target), NEVER, 'fresh');
    expect(readdirSync(folder).sort()).toEqual(['.git', 'a.txt', 'deep', 'test']);
    expect(readdirSync(join(folder, 'test/node_modules'))).toEqual(['own']);
  });
});
