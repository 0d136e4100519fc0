import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isolationHere } from '../../src/checks/isolation.js';
import { appWith, makeFamily, type Policy, rowOf, standingsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';

const check = (run: string): Policy => ({ validate: { checks: [{ name: 'proof', run, reads: 'exit-code' }] } });

/** Runs only in the tree with the foreign commit: the target's own tree stays as it is. */
const attack = (run: string): Policy => check(`[ -e src/good.txt ] || exit 0; ${run}`);

const { kind } = await isolationHere();

describe('what lands is the tree that was checked', () => {
  it.each([
    ['edits a tracked file', 'echo evil >> README.md'],
    [
      'edits one and sets its time back',
      'touch -r README.md then; echo "A Template." > README.md; touch -r then README.md',
    ],
    ['deletes one', 'rm README.md'],
    ['makes one a link to outside', 'ln -sf /etc/hostname README.md'],
    ['swaps `.git` and edits', 'rm -rf .git; git init -q .; git add -A; echo evil >> README.md'],
    ['edits and tells git not to look', 'echo evil >> README.md; git update-index --assume-unchanged README.md; true'],
  ])('when its test %s', async (_what, run) => {
    const family = makeFamily();
    family.configure(attack(run));
    const good = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const report = await family.sync();
    const hidden = kind === 'group' && run.includes('assume-unchanged');
    if (!hidden) {
      expect(standingsOf(report, [good])).toEqual(['review']);
      expect(rowOf(report, good).vetoes.join()).toMatch(/checks changed README\.md/);
    }
    expect(readFileSync(join(family.target, 'README.md'), 'utf8')).toBe('A template.\n');
    for (const ref of git(family.target, ['for-each-ref', '--format=%(refname)']).split('\n').filter(Boolean))
      expect(git(family.target, ['show', `${ref}:README.md`])).toBe('A template.');
  });

  it('when its test adds files that are in nobody’s tree', async () => {
    const family = makeFamily();
    family.configure(attack('echo evil > src/extra.txt; ln -s /etc/hostname src/link'));
    const good = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    expect(standingsOf(await family.sync(), [good])).toEqual(['landed']);
    expect(existsSync(join(family.target, 'src/extra.txt'))).toBe(false);
    expect(lstatSync(join(family.target, 'src/link'), { throwIfNoEntry: false })).toBeUndefined();
  });
});

it('a test cannot make our git run a program of its own', async () => {
  const family = makeFamily();
  const fired = join(family.notes, 'fired');
  const evil = (file: string) =>
    `git config filter.evil.clean 'touch ${file}; cat'; echo '* filter=evil' > .gitattributes; touch README.md`;
  const control = join(family.notes, 'control');
  execFileSync('/bin/sh', ['-c', `${evil(control)}; git diff HEAD`], { cwd: family.target, stdio: 'ignore' });
  expect(existsSync(control)).toBe(true);
  git(family.target, ['config', '--remove-section', 'filter.evil']);
  git(family.target, ['clean', '-fq', '.gitattributes']);
  family.configure(attack(evil(fired)));
  const good = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
  family.commit(family.sibling('acme'), 'fix: more', { 'src/app.txt': appWith({ 3: 'more' }) });
  const report = await family.sync();
  expect(standingsOf(report, [good])).not.toContain('failed');
  // Where checks cannot be kept from the settings of our git, the attack goes through.
  expect(existsSync(fired)).toBe(kind === 'group');
});
