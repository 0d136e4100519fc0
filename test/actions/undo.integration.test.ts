import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFamily, NEVER, rowOf, standingsOf, subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { treeOf } from '../support/repository.js';

describe('undoing a run', () => {
  it('restores the tree with one commit, and what it took back does not return', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const before = treeOf(family.target);
    const shas = [1, 2, 3].map((number) =>
      family.commit(acme, `fix: ${number}`, { 'src/other.txt': `${number}\n`, [`src/${number}.txt`]: 'x\n' }),
    );
    const run = await family.sync();
    expect(standingsOf(run, shas)).toEqual(['landed', 'landed', 'landed']);
    const undone = await family.engine().undo(run.run, NEVER);
    expect(undone).toMatchObject({
      command: 'undo',
      target: { landedHead: git(family.target, ['rev-parse', 'HEAD']) },
    });
    expect(standingsOf(undone, shas)).toEqual(['declined', 'declined', 'declined']);
    expect(treeOf(family.target)).toBe(before);
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
    expect(subjectsOf(family.target, 'main')).toHaveLength(5);

    const next = family.commit(acme, 'fix: 4', { 'src/4.txt': 'x\n' });
    const again = await family.sync();
    expect(standingsOf(again, [...shas, next])).toEqual(['declined', 'declined', 'declined', 'landed']);
    expect(git(family.target, ['ls-files', 'src']).split('\n')).toEqual(['src/4.txt', 'src/app.txt', 'src/other.txt']);
  });

  it('keeps what came later, and refuses when later work stands in the way', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'fix: it', { 'src/other.txt': 'theirs\n', 'src/new.txt': 'new\n' });
    const run = await family.sync();
    family.commit(family.target, 'fix: later', { 'src/later.txt': 'later\n' });
    await family.engine().undo(run.run.slice(0, 18), NEVER);
    expect(git(family.target, ['ls-files', 'src']).split('\n')).toEqual([
      'src/app.txt',
      'src/later.txt',
      'src/other.txt',
    ]);
    await expect(family.engine().undo(run.run, NEVER)).rejects.toMatchObject({ code: 'unknown-run' });

    family.commit(family.sibling('acme'), 'fix: more', { 'src/more.txt': 'more\n' });
    const second = await family.sync();
    family.commit(family.target, 'fix: on top', { 'src/more.txt': 'ours\n' });
    const head = git(family.target, ['rev-parse', 'main']);
    await expect(family.engine().undo(second.run, NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringContaining('src/more.txt'),
    });
    expect(git(family.target, ['rev-parse', 'main'])).toBe(head);
  });

  it('names the later run whose undo clears the way', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    family.commit(acme, 'fix: one', { 'src/other.txt': 'one\n' });
    const first = await family.sync();
    family.commit(acme, 'fix: two', { 'src/other.txt': 'two\n' });
    const second = await family.sync();
    await expect(family.engine().undo(first.run, NEVER)).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^Nothing was taken back: .*autosync undo ${second.run}`)),
    });
    // Both begin with the year: which one was meant is not guessed.
    await expect(family.engine().undo(first.run.slice(0, 4), NEVER)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`${second.run}, ${first.run}`),
    });
    await family.engine().undo(second.run, NEVER);
    await family.engine().undo(first.run.slice(0, 4), NEVER);
    expect(readFileSync(join(family.target, 'src/other.txt'), 'utf8')).toBe('other\n');
  });

  it('takes back what was applied, also from a branch that is checked out dirty only once it is clean', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'feat!: it', { 'src/it.txt': 'it\n' });
    await family.sync();
    const applied = await family.engine().apply([sha], NEVER);
    git(family.target, ['rm', '-q', '--cached', 'README.md']);
    await expect(family.engine().undo(applied.run, NEVER)).rejects.toMatchObject({ code: 'cannot-land' });
    git(family.target, ['reset', '-q', '--hard']);
    await family.engine().undo(applied.run, NEVER);
    expect(rowOf(await family.sync(), sha).standing).toBe('declined');
    const again = await family.engine().apply([sha], NEVER);
    expect(rowOf(again, sha)).toMatchObject({ standing: 'landed' });
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('refuses a run that it does not know, naming those it does', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'fix: it', { 'src/it.txt': 'it\n' });
    const { run } = await family.sync();
    await expect(family.engine().undo('20200101000000-abcdef', NEVER)).rejects.toMatchObject({
      code: 'unknown-run',
      message: expect.stringContaining(run),
    });
  });
});
