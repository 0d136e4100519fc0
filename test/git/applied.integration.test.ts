import { describe, expect, it } from 'vitest';
import type { AppliedMatch } from '../../src/core/gitPort.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { cloneOf, commitOf, makeCommit, makeRepository } from '../support/repository.js';
import { lines } from './corpus.js';

interface Pair {
  readonly target: string;
  readonly sibling: string;
}

const pair = (): Pair => {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': lines(30), 'b.txt': 'b\n' } });
  return { target, sibling: cloneOf(target) };
};

/** What the target has of the sibling, by subject of the sibling's commit. */
async function appliedIn({ target, sibling }: Pair): Promise<Readonly<Record<string, AppliedMatch>>> {
  const port = await openPort(target);
  const { fetched, incoming } = await bring(port, siblingAt(sibling));
  const matches = await port.applied(port.target.head, fetched.tip, incoming, NEVER);
  await port.close();
  return Object.fromEntries(
    incoming.flatMap((commit) =>
      matches.has(commit.sha) ? [[commit.subject, matches.get(commit.sha) as AppliedMatch]] : [],
    ),
  );
}

/** Really picks the sibling's tip in the target. */
const pick = ({ target, sibling }: Pair, args: readonly string[] = []): string => {
  git(target, ['fetch', '-q', sibling, 'main']);
  git(target, ['cherry-pick', '--allow-empty', ...args, commitOf(sibling)], {
    environment: { GIT_COMMITTER_DATE: '@1700990000 +0000' },
  });
  return commitOf(target);
};

const early = { files: { 'a.txt': lines(30, { 3: 'early' }) }, message: 'feat: early\n' };

describe('a commit counts as there already', () => {
  it('when its exact change is in the target under another name', async () => {
    const both = pair();
    makeCommit(both.sibling, early);
    makeCommit(both.target, { files: { 'b.txt': 'here\n' } });
    const picked = pick(both);
    makeCommit(both.target, { files: { 'b.txt': 'later\n' } });
    expect(await appliedIn(both)).toMatchObject({ 'feat: early': { by: 'patch-id', in: picked, revertedBy: null } });
  });

  it('when a pick names it: by -x, or by our own trailer, even if the change was adapted', async () => {
    const both = pair();
    const one = makeCommit(both.sibling, early);
    const two = makeCommit(both.sibling, { files: { 'b.txt': 'two\n' }, message: 'feat: two\n' });
    const first = makeCommit(both.target, {
      files: { 'a.txt': lines(30, { 9: 'adapted' }) },
      message: `adapted\n\n(cherry picked from commit ${one})\n`,
    });
    const second = makeCommit(both.target, {
      files: { 'b.txt': 'adapted\n' },
      message: `adapted\n\nAutoSync-Origin: sibling@${two}\nAutoSync-Run: r7\n`,
    });
    expect(await appliedIn(both)).toMatchObject({
      'feat: early': { by: 'origin-trailer', in: first },
      'feat: two': { by: 'origin-trailer', in: second, run: 'r7', revertedBy: null },
    });
  });

  it('when the change is the same but for the lines around it, and the author and second, or the words, agree', async () => {
    const both = pair();
    makeCommit(both.target, { files: { 'a.txt': lines(30, { 5: 'other context' }) } });
    const author = { date: '@1700000123 +0000', email: 'somebody@example.test' };
    makeCommit(both.sibling, { files: { 'a.txt': lines(30, { 3: 'early' }) }, message: 'feat: early (#12)\n' });
    const words = makeCommit(both.target, {
      files: { 'a.txt': lines(30, { 3: 'early', 5: 'other context' }) },
      message: 'feat: early (#7)\n',
    });
    expect(await appliedIn(both)).toMatchObject({ 'feat: early (#12)': { by: 'context-free-patch-id', in: words } });
    makeCommit(both.sibling, {
      files: { 'a.txt': lines(30, { 3: 'early', 27: 'late' }) },
      message: 'feat: late\n',
      author,
    });
    makeCommit(both.target, { files: { 'a.txt': lines(30, { 3: 'early', 5: 'other context', 25: 'more' }) } });
    const person = makeCommit(both.target, {
      files: { 'a.txt': lines(30, { 3: 'early', 5: 'other context', 25: 'more', 27: 'late' }) },
      message: 'other words\n',
      author,
    });
    expect(await appliedIn(both)).toMatchObject({ 'feat: late': { by: 'context-free-patch-id', in: person } });
  });

  it('and says so when the target took it back, and not when that was taken back too', async () => {
    const both = pair();
    makeCommit(both.sibling, early);
    makeCommit(both.target, { files: { 'b.txt': 'here\n' } });
    const picked = pick(both);
    git(both.target, ['revert', '--no-edit', 'HEAD']);
    const reverting = commitOf(both.target);
    expect(await appliedIn(both)).toMatchObject({ 'feat: early': { in: picked, revertedBy: reverting } });
    git(both.target, ['revert', '--no-edit', 'HEAD']);
    expect(await appliedIn(both)).toMatchObject({ 'feat: early': { revertedBy: null } });
  });

  it('again when it was taken back and then picked once more', async () => {
    const both = pair();
    makeCommit(both.sibling, early);
    makeCommit(both.target, { files: { 'b.txt': 'here\n' } });
    pick(both);
    git(both.target, ['revert', '--no-edit', 'HEAD']);
    const again = pick(both, ['-x']);
    expect(await appliedIn(both)).toMatchObject({ 'feat: early': { in: again, revertedBy: null } });
  });

  it('again when the second pick bears no trailer', async () => {
    const both = pair();
    makeCommit(both.sibling, early);
    makeCommit(both.target, { files: { 'b.txt': 'here\n' } });
    pick(both, ['-x']);
    git(both.target, ['revert', '--no-edit', 'HEAD']);
    const again = pick(both);
    expect(await appliedIn(both)).toMatchObject({ 'feat: early': { in: again, revertedBy: null } });
  });
});

describe('a commit does not count as there already', () => {
  it('when it is empty, though the target has empty commits too', async () => {
    const both = pair();
    makeCommit(both.sibling, { message: 'nothing\n' });
    makeCommit(both.target, { message: 'nothing\n' });
    expect(await appliedIn(both)).toEqual({});
  });

  it('when the same lines were changed by somebody else in other words and other context', async () => {
    const both = pair();
    makeCommit(both.target, { files: { 'a.txt': lines(30, { 5: 'other context' }) } });
    makeCommit(both.sibling, early);
    makeCommit(both.target, {
      files: { 'a.txt': lines(30, { 3: 'early', 5: 'other context' }) },
      message: 'fix: other\n',
    });
    expect(await appliedIn(both)).toEqual({});
  });

  it('when only the words or only the paths agree', async () => {
    const both = pair();
    makeCommit(both.sibling, early);
    makeCommit(both.target, { files: { 'a.txt': lines(30, { 3: 'different' }) }, message: 'feat: early\n' });
    makeCommit(both.target, { files: { 'b.txt': 'early\n' }, message: 'feat: early\n' });
    expect(await appliedIn(both)).toEqual({});
  });

  it('when a message only mentions it', async () => {
    const both = pair();
    const sha = makeCommit(both.sibling, early);
    makeCommit(both.target, {
      files: { 'b.txt': 'x\n' },
      message: `docs: see AutoSync-Origin: sibling@${sha} and (cherry picked from commit ${sha}) there\n`,
    });
    expect(await appliedIn(both)).toEqual({});
  });
});
