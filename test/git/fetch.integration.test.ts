import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { checkOut, cloneOf, commitOf, makeBranch, makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { expectSameAsGit } from './agreement.js';
import { lines } from './corpus.js';

const pair = (): { target: string; sibling: string } => {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': lines(10) } });
  makeCommit(target, { files: { 'b.txt': lines(10) } });
  const sibling = cloneOf(target);
  makeCommit(sibling, { files: { 'c.txt': 'c\n' } });
  return { target, sibling };
};

describe('a sibling that is a folder or a file:// address', () => {
  it('is asked, fetched, and listed oldest first', async () => {
    const { target, sibling } = pair();
    makeCommit(sibling, { files: { 'd.txt': 'd\n' }, message: 'feat: second\n' });
    const port = await openPort(target);
    const { fetched, incoming } = await bring(port, siblingAt(sibling));
    expect(fetched).toMatchObject({
      branch: 'main',
      tip: commitOf(sibling),
      mergeBase: commitOf(target),
      forcedFrom: null,
      shallow: false,
      attempts: 1,
      incomplete: false,
    });
    expect(incoming.map((commit) => commit.sha)).toEqual([commitOf(sibling, 'HEAD^'), commitOf(sibling)]);
    expect(incoming[1]).toMatchObject({
      subject: 'feat: second',
      changes: [{ status: 'A', path: 'd.txt', newMode: '100644' }],
    });
  });

  it('may be named by a relative path, a path with spaces, or a file:// address', async () => {
    const { target, sibling } = pair();
    const odd = join(temporaryFolder(), "it's a sibling #1");
    renameSync(sibling, odd);
    const port = await openPort(target);
    const tip = commitOf(odd);
    renameSync(cloneOf(odd), join(target, '..', 'beside'));
    for (const config of [
      siblingAt(odd),
      siblingAt('../beside'),
      { name: 'other', url: `file://${join(target, '..', 'beside')}` },
    ]) {
      expect(await bring(port, config)).toMatchObject({ fetched: { tip } });
    }
  });

  it('is known to have been forced when the new tip does not descend from the old', async () => {
    const { target, sibling } = pair();
    const port = await openPort(target);
    const config = siblingAt(sibling);
    const first = await bring(port, config);
    git(sibling, ['reset', '-q', '--hard', 'HEAD^']);
    makeCommit(sibling, { files: { 'c.txt': 'forced\n' } });
    expect(await bring(port, config)).toMatchObject({
      fetched: { tip: commitOf(sibling), forcedFrom: first.fetched.tip },
    });
    makeCommit(sibling, { files: { 'c.txt': 'onwards\n' } });
    expect(await bring(port, config)).toMatchObject({ fetched: { forcedFrom: null } });
  });

  it('without the branch names the branches it has', async () => {
    const { target, sibling } = pair();
    git(sibling, ['branch', 'release/2']);
    const port = await openPort(target);
    await expect(port.tipOf(siblingAt(sibling, { branch: 'gone' }), NEVER)).rejects.toMatchObject({
      problem: { code: 'sibling-no-branch', branch: 'gone', known: ['main', 'release/2'] },
    });
  });

  it('with a branch of its own that is configured is read there', async () => {
    const { target, sibling } = pair();
    makeBranch(sibling, 'release/2');
    const tip = makeCommit(sibling, { files: { 'r.txt': 'r\n' } });
    checkOut(sibling, 'main');
    const port = await openPort(target);
    expect((await bring(port, siblingAt(sibling, { branch: 'release/2' }))).fetched).toMatchObject({
      tip,
      branch: 'release/2',
    });
  });

  it('that is empty is said to be empty', async () => {
    const { target } = pair();
    const port = await openPort(target);
    await expect(port.tipOf(siblingAt(makeRepository()), NEVER)).rejects.toMatchObject({ code: 'sibling-empty' });
  });

  it('with a detached HEAD must be given a branch', async () => {
    const { target, sibling } = pair();
    git(sibling, ['checkout', '-q', '--detach']);
    const port = await openPort(target);
    await expect(port.tipOf(siblingAt(sibling), NEVER)).rejects.toMatchObject({
      problem: { code: 'sibling-no-branch', known: ['main'] },
    });
    expect(await port.tipOf(siblingAt(sibling, { branch: 'main' }), NEVER)).toMatchObject({ tip: commitOf(sibling) });
  });

  it('that is a linked worktree is read at its own HEAD', async () => {
    const { target, sibling } = pair();
    const linked = join(temporaryFolder(), 'linked');
    git(sibling, ['worktree', 'add', '-q', '-b', 'side', linked]);
    const tip = makeCommit(linked, { files: { 'l.txt': 'l\n' } });
    const port = await openPort(target);
    expect((await bring(port, siblingAt(linked))).fetched).toMatchObject({ tip, branch: 'side' });
  });

  it('of an unrelated history has no merge base, and everything comes in', async () => {
    const { target } = pair();
    const sibling = makeRepository();
    makeCommit(sibling, { files: { 'x.txt': 'x\n' } });
    const port = await openPort(target);
    const { fetched, incoming } = await bring(port, siblingAt(sibling));
    expect(fetched.mergeBase).toBeNull();
    expect(incoming).toHaveLength(1);
  });

  it('whose folder is missing or holds no repository is refused', async () => {
    const { target } = pair();
    const port = await openPort(target);
    const empty = temporaryFolder();
    const file = join(empty, 'file');
    writeFileSync(file, 'text');
    for (const path of [join(empty, 'missing'), empty, file]) {
      await expect(port.tipOf(siblingAt(path), NEVER)).rejects.toMatchObject({
        problem: { code: 'sibling-refused', isFolder: true },
      });
    }
  });

  it('that loses its branch between asking and fetching is refused, and nothing is kept', async () => {
    const { target, sibling } = pair();
    const port = await openPort(target);
    const config = siblingAt(sibling, { branch: 'main' });
    const tip = await port.tipOf(config, NEVER);
    git(sibling, ['branch', '-m', 'main', 'trunk']);
    await expect(port.fetch(config, tip, NEVER)).rejects.toMatchObject({ code: expect.stringMatching(/^sibling-/) });
  });
});

describe('shallow clones', () => {
  const deep = (): string => {
    const origin = makeRepository();
    for (const index of [1, 2, 3, 4, 5])
      makeCommit(origin, { files: { 'a.txt': lines(10, { [index]: `v${index}` }) } });
    return origin;
  };

  it('as a sibling are fetched as far as they go', async () => {
    const origin = deep();
    const shallow = cloneOf(`file://${origin}`, ['--depth=2']);
    makeCommit(shallow, { files: { 'n.txt': 'n\n' } });
    const port = await openPort(origin);
    const { fetched, incoming } = await bring(port, siblingAt(shallow));
    expect(fetched.shallow).toBe(true);
    expect(incoming.map((commit) => commit.sha)).toContain(commitOf(shallow));
    expect(
      await port.forecast(
        port.target.head,
        incoming.slice(-1).map((commit) => ({ commit })),
        NEVER,
      ),
    ).toMatchObject([{ outcome: 'clean' }]);
  });

  it('as a target say so, compare as far as they go, and do so at every opening', async () => {
    const origin = deep();
    const target = cloneOf(`file://${origin}`, ['--depth=2']);
    makeCommit(origin, { files: { 'n.txt': 'n\n' } });
    const cache = temporaryFolder();
    for (const _round of [1, 2]) {
      const port = await openPort(target, { cache });
      expect(port.target).toMatchObject({ shallow: true });
      expect(port.target.notes.join()).toMatch(/shallow/);
      const { incoming } = await bring(port, siblingAt(origin));
      expect(incoming.map((commit) => commit.sha)).toContain(commitOf(origin));
      await port.close();
    }
  });

  it('on both sides keep both ends when the quarantine is opened again', async () => {
    const origin = deep();
    const target = cloneOf(`file://${origin}`, ['--depth=1']);
    makeCommit(origin, { files: { 'n.txt': 'n\n' } });
    const far = makeRepository();
    for (const index of [1, 2, 3]) makeCommit(far, { files: { 'z.txt': `${index}\n` } });
    const sibling = cloneOf(`file://${far}`, ['--depth=2']);
    const cache = temporaryFolder();
    for (const _round of [1, 2, 3]) {
      const port = await openPort(target, { cache });
      expect(port.rebuilt).toBeNull();
      const { incoming } = await bring(port, siblingAt(sibling));
      expect(incoming.map((commit) => commit.sha)).toEqual([commitOf(sibling, 'HEAD^'), commitOf(sibling)]);
      await port.close();
    }
  });

  it('that were made complete are compared completely', async () => {
    const origin = deep();
    const target = cloneOf(`file://${origin}`, ['--depth=1']);
    makeBranch(origin, 'old', 'HEAD~3');
    makeCommit(origin, { files: { 'old.txt': 'o\n' } });
    const cache = temporaryFolder();
    const config = siblingAt(origin, { branch: 'old' });
    const before = await openPort(target, { cache });
    expect((await bring(before, config)).fetched.mergeBase).toBeNull();
    git(target, ['fetch', '-q', '--unshallow']);
    const after = await openPort(target, { cache });
    const { fetched, incoming } = await bring(after, config);
    expect(fetched.mergeBase).toBe(commitOf(origin, 'old~1'));
    expect(incoming.map((commit) => commit.sha)).toEqual([commitOf(origin, 'old')]);
  });
});

describe('targets of other shapes', () => {
  it('that are submodules work like others', async () => {
    const { target, sibling } = pair();
    const parent = makeRepository();
    makeCommit(parent, { files: { 'p.txt': 'p\n' } });
    git(parent, ['submodule', 'add', '-q', '--', target, 'inner']);
    const inner = join(parent, 'inner');
    await expectSameAsGit({ target: inner, sibling, head: commitOf(inner) });
  });

  it('that are linked worktrees work like others, on their own branch', async () => {
    const { target, sibling } = pair();
    const linked = join(temporaryFolder(), 'linked');
    git(target, ['worktree', 'add', '-q', '-b', 'side', linked]);
    makeCommit(linked, { files: { 'a.txt': lines(10, { 1: 'side' }) } });
    expect((await openPort(linked)).target).toMatchObject({
      branch: 'side',
      head: commitOf(linked),
      gitCommonDir: join(target, '.git'),
    });
    await expectSameAsGit({ target: linked, sibling, head: commitOf(linked) });
  });

  it('are opened from a folder inside them', async () => {
    const { target } = pair();
    mkdirSync(join(target, 'deep', 'folder'), { recursive: true });
    expect((await openPort(join(target, 'deep', 'folder'))).target.root).toBe(target);
  });

  it('that borrow objects from another clone work', async () => {
    const { target, sibling } = pair();
    const borrowing = cloneOf(target, ['--shared']);
    writeFileSync(
      join(borrowing, '.git/objects/info/alternates'),
      `${join('..', '..', '..', '..', target.split('/').slice(2).join('/'), '.git/objects')}\n`,
    );
    expect(git(borrowing, ['fsck'])).toBe('');
    const port = await openPort(borrowing);
    expect((await bring(port, siblingAt(sibling))).incoming).toHaveLength(1);
  });

  it('that do not exist, hold no repository, no commit, no work tree or no such branch are told apart', async () => {
    const { target } = pair();
    const nothing = temporaryFolder();
    await expect(openPort(join(nothing, 'missing'))).rejects.toMatchObject({ code: 'no-repository' });
    await expect(openPort(nothing)).rejects.toMatchObject({ code: 'no-repository' });
    await expect(openPort(join(target, '.git'))).rejects.toMatchObject({ code: 'no-repository' });
    await expect(openPort(makeRepository())).rejects.toMatchObject({ code: 'no-commits' });
    await expect(openPort(makeRepository({ bare: true }))).rejects.toMatchObject({ code: 'bare-target' });
    await expect(openPort(target, { branch: 'gone' })).rejects.toMatchObject({ code: 'no-branch' });
    git(target, ['checkout', '-q', '--detach']);
    git(target, ['branch', '-m', 'main', 'trunk']);
    await expect(openPort(target)).rejects.toMatchObject({ code: 'detached-head' });
    rmSync(join(target, '.git', 'HEAD'));
    await expect(openPort(target)).rejects.toMatchObject({ code: 'no-repository' });
  });
});
