import { describe, expect, it } from 'vitest';
import { makeFamily, NEVER, rowOf, standingsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';

describe('the branches of the target', () => {
  it('that hold picks for review are never the target, not even checked out', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const waits = family.commit(acme, 'feat!: one', { 'src/one.txt': 'one\n' });
    await family.sync();
    git(family.target, ['checkout', '-q', 'autosync/acme']);
    const fix = family.commit(acme, 'fix: two', { 'src/two.txt': 'two\n' });
    const offered = git(family.target, ['rev-parse', 'autosync/acme']);
    const report = await family.sync();
    expect(report.target.branch).toBe('main');
    expect(report.notes.join()).toMatch(/autosync\/acme is checked out.*"main" is taken as the target/);
    expect(standingsOf(report, [waits, fix])).toEqual(['review', 'landed']);
    expect(git(family.target, ['rev-parse', 'autosync/acme', 'HEAD'])).toBe(`${offered}\n${offered}`);
  });

  it('are told apart: what landed on one lands on another, and is undone where it landed', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    git(family.target, ['checkout', '-q', '-b', 'topic']);
    const { run } = await family.sync();
    git(family.target, ['checkout', '-q', 'main']);
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
    await expect(family.engine().undo(run, NEVER)).rejects.toThrow(/landed on "topic".*Check out topic/);
    git(family.target, ['checkout', '-q', 'topic']);
    expect(rowOf(await family.engine().undo(run, NEVER), sha).standing).toBe('declined');
    expect(git(family.target, ['ls-files', 'src/one.txt'])).toBe('');
  });

  it('that hold picks for review stay where they are while the same picks wait on the same head', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const waits = family.commit(acme, 'feat!: one', { 'src/one.txt': 'one\n' });
    await family.sync();
    const offered = git(family.target, ['rev-parse', 'autosync/acme']);
    family.wait(60_000);
    family.commit(acme, 'docs: words', { 'README.md': 'Words.\n' });
    const report = await family.sync();
    expect(report.siblings[0]?.unchanged).toBe(false);
    expect(git(family.target, ['rev-parse', 'autosync/acme'])).toBe(offered);
    expect(rowOf(report, waits).evidence).toMatchObject({ kind: 'review', pick: offered });
    family.commit(acme, 'feat!: two', { 'src/two.txt': 'two\n' });
    await family.sync();
    expect(git(family.target, ['log', '--format=%s', 'main..autosync/acme'])).toBe('feat!: two\nfeat!: one');
  });

  it('gain no empty commit by an undo of what a reset took away; it does not return either', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    const before = git(family.target, ['rev-parse', 'main']);
    const { run } = await family.sync();
    git(family.target, ['reset', '-q', '--hard', before]);
    expect((await family.engine().undo(run, NEVER)).target.landedHead).toBe(before);
    expect(git(family.target, ['rev-parse', 'main'])).toBe(before);
    expect(rowOf(await family.sync(), sha).standing).toBe('declined');
  });
});
