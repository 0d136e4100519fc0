import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  appWith,
  type Family,
  makeFamily,
  NEVER,
  proofCheck,
  rowOf,
  standingsOf,
  subjectsOf,
} from '../support/family.js';
import { fingerprint, fingerprintFiles } from '../support/fingerprint.js';
import { git } from '../support/plainGit.js';
import { treeOf } from '../support/repository.js';

const good = (family: Family, name = 'good', sibling = 'acme'): string =>
  family.commit(family.sibling(sibling), `fix: ${name}`, { [`src/${name}.txt`]: `${name}\n` });

const headOf = (family: Family, ref = 'main'): string => git(family.target, ['rev-parse', ref]);

describe('landing', () => {
  it('fast-forwards a clean branch that is checked out, with its files, and touches no other file', async () => {
    const family = makeFamily();
    const sha = good(family);
    writeFileSync(join(family.target, 'untracked.txt'), 'mine\n');
    const before = statSync(join(family.target, 'src/app.txt'), { bigint: true }).mtimeNs;
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
    expect(readFileSync(join(family.target, 'src/good.txt'), 'utf8')).toBe('good\n');
    expect(statSync(join(family.target, 'src/app.txt'), { bigint: true }).mtimeNs).toBe(before);
    expect(git(family.target, ['status', '--porcelain'])).toBe('?? untracked.txt');
    expect(git(family.target, ['fsck', '--strict'])).not.toMatch(/error|missing|broken/);
  });

  it('moves just the ref of a branch that is not checked out', async () => {
    const family = makeFamily();
    const sha = good(family);
    git(family.target, ['checkout', '-q', '-b', 'elsewhere']);
    family.configure({ target: { branch: 'main' }, validate: { checks: [proofCheck(family.notes)] } });
    const files = fingerprintFiles(family.target);
    const index = readFileSync(join(family.target, '.git/index'));
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
    expect(fingerprintFiles(family.target)).toEqual(files);
    expect(readFileSync(join(family.target, '.git/index')).equals(index)).toBe(true);
    expect(subjectsOf(family.target, 'elsewhere..main')).toEqual(['fix: good']);
  });

  it('moves just the ref when HEAD is detached', async () => {
    const family = makeFamily();
    const sha = good(family);
    git(family.target, ['checkout', '-q', '--detach']);
    const head = headOf(family, 'HEAD');
    const report = await family.sync();
    expect(rowOf(report, sha).standing).toBe('landed');
    expect(report.notes.join()).toMatch(/detached/);
    expect(headOf(family, 'HEAD')).toBe(head);
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
  });

  it('fast-forwards the branch in the linked worktree where it is checked out', async () => {
    const family = makeFamily();
    const sha = good(family);
    git(family.target, ['checkout', '-q', '-b', 'elsewhere']);
    git(family.target, ['worktree', 'add', '-q', join(family.folder, 'linked'), 'main']);
    family.configure({ target: { branch: 'main' }, validate: { checks: [proofCheck(family.notes)] } });
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
    expect(readFileSync(join(family.folder, 'linked/src/good.txt'), 'utf8')).toBe('good\n');
    expect(git(join(family.folder, 'linked'), ['status', '--porcelain'])).toBe('');
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
  });

  it.each([
    ['changed', (root: string) => writeFileSync(join(root, 'README.md'), 'mine\n')],
    [
      'staged',
      (root: string) => {
        writeFileSync(join(root, 'README.md'), 'mine\n');
        git(root, ['add', 'README.md']);
      },
    ],
    ['untracked and in the way', (root: string) => writeFileSync(join(root, 'src/good.txt'), 'mine\n')],
  ])(
    'leaves a tree with a %s file byte for byte, offers the branch, and lands once it is clean',
    async (_what, spoil) => {
      const family = makeFamily();
      const sha = good(family);
      spoil(family.target);
      const before = fingerprintFiles(family.target);
      const head = headOf(family);
      const index = readFileSync(join(family.target, '.git/index'));
      const report = await family.sync();
      expect(rowOf(report, sha)).toMatchObject({ standing: 'review', verdict: 'auto-merge' });
      expect(rowOf(report, sha).reason).toMatch(/may merge by itself, but/);
      expect(fingerprintFiles(family.target)).toEqual(before);
      expect(readFileSync(join(family.target, '.git/index')).equals(index)).toBe(true);
      expect(headOf(family)).toBe(head);
      expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual(['fix: good']);
      git(family.target, ['reset', '-q', '--hard']);
      git(family.target, ['clean', '-fdq']);
      expect(rowOf(await family.sync(), sha).standing).toBe('landed');
      expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual([]);
    },
  );

  it('waits while a rebase of the branch is in progress', async () => {
    const family = makeFamily();
    const sha = good(family);
    git(family.target, ['checkout', '-q', '-b', 'other']);
    family.commit(family.target, 'fix: there', { 'src/other.txt': 'there\n' });
    git(family.target, ['checkout', '-q', 'main']);
    family.commit(family.target, 'fix: here', { 'src/other.txt': 'here\n' });
    expect(() => git(family.target, ['rebase', 'other'])).toThrow();
    const before = fingerprintFiles(family.target);
    const head = headOf(family);
    const report = await family.sync();
    expect(rowOf(report, sha).standing).toBe('review');
    expect(report.notes.join()).toMatch(/rebase/);
    expect(fingerprintFiles(family.target)).toEqual(before);
    expect(headOf(family)).toBe(head);
    git(family.target, ['rebase', '--abort']);
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('lands nothing on a branch that moved after its proof, and finishes in the next run', async () => {
    const family = makeFamily();
    const sha = good(family);
    const move = `if [ -e src/good.txt ] && ! [ -e '${family.notes}/moved' ]; then touch '${family.notes}/moved'; cd '${family.target}' && echo moved > src/moved.txt && git add src/moved.txt && git -c user.name=x -c user.email=x@x.test commit -q -m 'fix: meanwhile'; fi`;
    family.configure({
      validate: { checks: [proofCheck(family.notes), { name: 'move', run: move, reads: 'exit-code' }] },
    });
    const report = await family.sync();
    expect(rowOf(report, sha)).toMatchObject({
      standing: 'review',
      reason: expect.stringMatching(/moved while .* run again\.(?!\.)/),
    });
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: meanwhile']);
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
    const again = await family.sync();
    expect(rowOf(again, sha).standing).toBe('landed');
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: meanwhile', 'fix: good']);
    expect(family.treesSeen().at(-1)).toBe(treeOf(family.target));
  });

  it('lands exactly the tree that the checks saw, with author, dates and trailers', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const sha = family.commit(
      acme,
      'fix: it',
      { 'src/it.txt': 'it\n' },
      {
        body: 'It fixes #12 and closes GH-3.\n\nReviewed-by: A. Reader <reader@example.test>',
        author: 'Ünal Author',
        email: 'unal@example.test',
        seconds: 1_712_345_678,
      },
    );
    const report = await family.sync();
    expect(family.treesSeen()).toContain(treeOf(family.target));
    expect(rowOf(report, sha).evidence).toMatchObject({ tree: treeOf(family.target), pick: headOf(family) });
    expect(git(family.target, ['log', '-1', '--format=%an <%ae> %ad', '--date=raw'])).toBe(
      'Ünal Author <unal@example.test> 1712345678 +0200',
    );
    expect(git(family.target, ['log', '-1', '--format=%cn'])).toBe('A. Keeper');
    const message = git(family.target, ['log', '-1', '--format=%B']);
    expect(message).not.toMatch(/(?<![\w/])#12|GH-3/);
    expect(message).toContain(
      `(cherry picked from commit ${sha})\nAutoSync-Origin: acme@${sha}\nAutoSync-Run: ${report.run}`,
    );
    expect(message).toContain('Reviewed-by: A. Reader');
  });

  it('builds the second sibling on what the first landed, and lands what both have once', async () => {
    const family = makeFamily(['acme', 'globex']);
    const shared = good(family, 'shared');
    const one = family.commit(family.sibling('acme'), 'fix: line 2', { 'src/app.txt': appWith({ 2: 'acme' }) });
    git(family.sibling('globex'), ['fetch', '-q', family.sibling('acme'), 'main']);
    const two = family.commit(family.sibling('globex'), 'fix: line 18', { 'src/app.txt': appWith({ 18: 'globex' }) });
    git(family.sibling('globex'), ['cherry-pick', shared], {
      environment: { GIT_COMMITTER_DATE: '@1700000000 +0000' },
    });
    const copy = git(family.sibling('globex'), ['rev-parse', 'HEAD']);
    const report = await family.sync();
    expect(rowOf(report, shared, 'acme').standing).toBe('landed');
    expect(standingsOf(report, [one, two])).toEqual(['landed', 'landed']);
    expect(rowOf(report, copy, 'globex').standing).toBe('present');
    expect(subjectsOf(family.target, 'main')).toEqual([
      'chore: the template',
      'fix: shared',
      'fix: line 2',
      'fix: line 18',
    ]);
    expect(family.treesSeen()).toContain(treeOf(family.target));
    expect((await family.sync()).siblings.map(({ unchanged }) => unchanged)).toEqual([true, true]);
  });

  it('counts the very same commit in two siblings in both, and lands it once', async () => {
    const family = makeFamily(['acme', 'globex']);
    const sha = good(family);
    git(family.sibling('globex'), ['pull', '-q', family.sibling('acme'), 'main']);
    const report = await family.sync();
    expect(report.siblings.map(({ commits }) => commits.map(({ sha: one }) => one))).toEqual([[sha], [sha]]);
    expect(rowOf(report, sha, 'acme').standing).toBe('landed');
    expect(['landed', 'present']).toContain(rowOf(report, sha, 'globex').standing);
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: good']);
  });
});

describe('the branch of a sibling', () => {
  const held = (family: Family, name: string): string =>
    family.commit(family.sibling('acme'), `feat!: ${name}`, { [`src/${name}.txt`]: `${name}\n` });

  it.each(['added', 'amended'])('is never overwritten once a person %s a commit', async (how) => {
    const family = makeFamily();
    held(family, 'one');
    await family.sync();
    git(family.target, ['checkout', '-q', 'autosync/acme']);
    if (how === 'added') family.commit(family.target, 'fix: by hand', { 'src/hand.txt': 'hand\n' });
    else {
      writeFileSync(join(family.target, 'src/one.txt'), 'by hand\n');
      git(family.target, ['commit', '-q', '-a', '--amend', '--no-edit']);
    }
    git(family.target, ['checkout', '-q', 'main']);
    const mine = headOf(family, 'autosync/acme');
    held(family, 'two');
    const report = await family.sync();
    expect(headOf(family, 'autosync/acme')).toBe(mine);
    expect(report.siblings[0]?.notes.join()).toMatch(/commits of a person/);
  });

  it('is left alone while it is checked out, and moves once it is not', async () => {
    const family = makeFamily();
    held(family, 'one');
    await family.sync();
    git(family.target, ['checkout', '-q', 'autosync/acme']);
    family.configure({ target: { branch: 'main' }, validate: { checks: [proofCheck(family.notes)] } });
    const before = fingerprint(family.target);
    const two = held(family, 'two');
    const report = await family.sync();
    expect(report.siblings[0]?.notes.join()).toMatch(/checked out/);
    expect(fingerprint(family.target)).toEqual(before);
    expect(rowOf(report, two).standing).toBe('review');
    git(family.target, ['checkout', '-q', 'main']);
    await family.sync();
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual(['feat!: one', 'feat!: two']);
  });

  it('is a note, not the end of the run, when git cannot make it', async () => {
    const family = makeFamily(['acme', 'globex']);
    git(family.target, ['branch', 'autosync']);
    const one = held(family, 'one');
    const two = good(family, 'two', 'globex');
    const report = await family.sync();
    expect(report.siblings[0]?.notes.join()).toMatch(/autosync/);
    expect(standingsOf(report, [one, two])).toEqual(['review', 'landed']);
  });

  it('that a person merged counts as landed by that person', async () => {
    const family = makeFamily();
    const one = held(family, 'one');
    await family.sync();
    git(family.target, ['merge', '-q', '--no-ff', '-m', 'Merge the picks', 'autosync/acme']);
    expect(rowOf(await family.sync(), one)).toMatchObject({ standing: 'landed', evidence: { how: 'person' } });
    await expect(family.engine().audit({ signal: NEVER })).resolves.toMatchObject({ siblings: [{ problems: [] }] });
  });

  it('follows the target: it is offered again on its new head', async () => {
    const family = makeFamily();
    held(family, 'one');
    await family.sync();
    family.commit(family.target, 'fix: ours', { 'src/ours.txt': 'ours\n' });
    await family.sync();
    expect(git(family.target, ['merge-base', 'main', 'autosync/acme'])).toBe(headOf(family));
    expect(family.treesSeen()).toContain(treeOf(family.target, 'autosync/acme'));
  });
});
