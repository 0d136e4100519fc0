import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { type ForgeFamily, type ForgeMore, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';
import type { Hosted } from '../support/github/hosted.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

const CI = { protection: { main: { requiredChecks: ['ci'] } } } as const;
const [FIRST, SECOND] = ['feat!: first', 'feat!: second'];
const page = (number: number) => expect.stringMatching(new RegExp(`/pull/${number}$`));
const notesOf = (report: RunReport): string =>
  [...report.notes, ...report.siblings.flatMap(({ notes }) => notes)].join('\n');

function commit({ family }: ForgeFamily, subject: string): void {
  const file = subject.replace(/\W+/g, '-');
  family.commit(family.sibling('acme'), subject, { [`src/${file}.txt`]: `${subject}\n` });
}

/** One enhancement of acme in its first pull request. */
async function oneOpen(subject: string, more: ForgeMore = {}): Promise<ForgeFamily> {
  const made = await makeForgeFamily(more);
  open.push(made);
  commit(made, subject);
  await made.sync();
  return made;
}

/** A person changes a pull request on its page in a way that the stand-in has no button for. */
const change = ({ hosted }: ForgeFamily, to: Partial<ReturnType<Hosted['pull']>>): void =>
  void Object.assign(hosted.pull(1), to);

describe('a pull request that a person ends while a run is about to update it', () => {
  it.each<readonly [string, (made: ForgeFamily) => void, string]>([
    ['merges', ({ hosted }) => hosted.merge(1, 'keeper'), 'landed'],
    ['closes', ({ hosted }) => hosted.setState(1, 'closed'), 'declined'],
  ])('is not written to, and what came too late is offered anew: who %s it did not see that', async (_, end, first) => {
    const made = await oneOpen(FIRST);
    const { body } = made.hosted.pull(1);
    commit(made, SECOND);
    const push = { method: 'POST', path: /\/git-receive-pack$/, kind: 'none' } as const;
    made.github.faults.next({ ...push, meanwhile: () => end(made) });
    const report = await made.sync();
    expect(notesOf(report)).toContain('somebody merged or closed pull request #1 meanwhile');
    expect(rowNamed(report, SECOND).standing).toBe('waiting');
    expect(made.hosted.pull(1).body).toBe(body);
    const next = await made.sync();
    expect(rowNamed(next, FIRST).standing).toBe(first);
    expect(rowNamed(next, SECOND)).toMatchObject({ standing: 'review', pullRequest: page(2) });
    expect(rowNamed(next, SECOND).reason).not.toContain('has lost it since');
  });
});

describe('a pull request that a person turns to another branch', () => {
  const turn = (made: ForgeFamily): void => {
    made.hosted.commit('develop', { 'src/develop.txt': 'develop\n' }, 'feat: develop', 'keeper');
    change(made, { base: 'develop' });
  };

  it('is left to them with its branch, and what is new waits', async () => {
    const made = await oneOpen(FIRST);
    const tip = made.hosted.tip('autosync/acme/review');
    turn(made);
    commit(made, SECOND);
    const report = await made.sync();
    expect(notesOf(report)).toContain('somebody turned pull request #1 to develop; turn it back, merge or close it');
    expect(rowNamed(report, FIRST)).toMatchObject({ standing: 'review', pullRequest: page(1) });
    expect(rowNamed(report, SECOND)).toMatchObject({ standing: 'waiting', pullRequest: null });
    expect(made.hosted.tip('autosync/acme/review')).toBe(tip);
    expect(made.hosted.pulls()).toHaveLength(1);
    change(made, { base: 'main' });
    expect(rowNamed(await made.sync(), SECOND)).toMatchObject({ standing: 'review', pullRequest: page(1) });
  });

  it('does not count as landed when it is merged there: it is offered anew', async () => {
    const made = await oneOpen(FIRST);
    turn(made);
    made.hosted.merge(1, 'keeper');
    const report = await made.sync();
    expect(notesOf(report)).toContain('Pull request #1 was merged into develop: 1 commit of acme is offered anew.');
    expect(rowNamed(report, FIRST)).toMatchObject({ standing: 'review', pullRequest: page(2) });
    expect(made.hosted.pull(2)).toMatchObject({ base: 'main', state: 'open' });
  });
});

describe('what may merge by itself', () => {
  it('is held back by a person who makes a draft of it', async () => {
    const made = await oneOpen('fix: a safe one', { hosting: CI });
    change(made, { draft: true });
    made.hosted.status(made.hosted.pull(1).headSha, 'ci', 'success');
    const row = rowNamed(await made.sync(), 'fix: a safe one');
    expect(row.reason).toContain('but pull request #1 was not merged: it is a draft.');
    expect(made.hosted.pull(1)).toMatchObject({ draft: true, merge: null });
    change(made, { draft: false });
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('landed');
  });

  it('stops no run when GitHub merged it and somebody took the merge out of the branch since', async () => {
    const made = await oneOpen('fix: a safe one', { hosting: { ...CI, allowAutoMerge: true } });
    const before = made.hosted.tip('main');
    made.hosted.status(made.hosted.pull(1).headSha, 'ci', 'success');
    expect(made.hosted.pull(1).merge).not.toBeNull();
    git(made.hosted.folder, ['update-ref', 'refs/heads/main', String(before)]);
    const report = await made.sync();
    expect(notesOf(report)).toContain('Pull request #1 was merged');
    expect(notesOf(report)).not.toContain('another tree');
    expect(made.hosted.tip('main')).toBe(before);
  });

  it('is held against the validated tree also when it was proved anew while GitHub was to merge it', async () => {
    const policy = { land: { askPeople: false, mergeMethod: 'squash' } };
    const made = await oneOpen('fix: a safe one', { policy, hosting: { ...CI, allowAutoMerge: true } });
    const move = (file: string): void =>
      void made.hosted.commit('main', { [`src/${file}.txt`]: `${file}\n` }, `feat: ${file}`, 'keeper');
    move('before');
    await made.sync();
    move('after');
    made.hosted.status(made.hosted.pull(1).headSha, 'ci', 'success');
    expect(made.hosted.pull(1).merge).not.toBeNull();
    const report = await made.sync();
    expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ standing: 'landed', evidence: { how: 'auto-merge' } });
    expect(notesOf(report)).toContain('led to another tree');
  });
});

it('a repository or a branch that was renamed is named, with the way out', async () => {
  const made = await makeForgeFamily();
  open.push(made);
  made.github.redirects.add({ path: /\/house\/shop\.git\//, to: `${made.github.origin}/house/renamed.git` });
  await expect(made.sync()).rejects.toThrow(/probably renamed or moved.*git remote set-url/);
  const other = await makeForgeFamily();
  open.push(other);
  git(other.hosted.folder, ['branch', '-m', 'main', 'trunk']);
  await expect(other.sync()).rejects.toThrow(/has no branch "main": it was renamed or deleted there.*"target.branch"/);
});
