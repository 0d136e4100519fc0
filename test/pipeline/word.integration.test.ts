import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appWith, makeFamily, NEVER, rowOf, standingsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';

const DAY = 86_400_000;

describe("a person's word", () => {
  it('holds when the sibling is given another name, and the commit can be applied under the new one', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const wanted = family.commit(acme, 'feat!: wanted', { 'src/wanted.txt': 'wanted\n' });
    const unwanted = family.commit(acme, 'feat!: unwanted', { 'src/unwanted.txt': 'unwanted\n' });
    await family.sync();
    await family.engine().decline(unwanted, { because: 'not here', until: null });
    family.configure({ siblings: [{ name: 'renamed', path: '../acme' }] });
    const report = await family.sync();
    expect(standingsOf(report, [wanted, unwanted])).toEqual(['review', 'declined']);
    expect(rowOf(report, unwanted).reason).toMatch(/not here/);
    expect(rowOf(await family.engine().apply([wanted], NEVER), wanted).standing).toBe('landed');
  });

  it('cannot be had on a sibling that the configuration no longer names, and that is said', async () => {
    const family = makeFamily(['acme', 'bolt']);
    const sha = family.commit(family.sibling('acme'), 'feat!: one', { 'src/one.txt': 'one\n' });
    await family.sync();
    family.configure({ siblings: [{ name: 'bolt', path: '../bolt' }] });
    await expect(family.engine().apply([sha], NEVER)).rejects.toThrow(/"acme".*no longer names.*Add the sibling/);
  });

  it('for good is not undone by an earlier one that has expired', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    family.commit(acme, 'feat!: one', { 'src/one.txt': 'one\n' });
    const root = git(acme, ['rev-parse', 'HEAD~1']);
    const first = git(acme, ['rev-parse', 'HEAD']);
    await family.sync();
    const until = new Date(Date.now() + DAY).toISOString();
    await family.engine().decline(first, { because: 'not today', until });
    git(acme, ['reset', '-q', '--hard', root]);
    const rebased = family.commit(acme, 'feat!: one, in other words', { 'src/one.txt': 'one\n' });
    family.wait(2 * DAY);
    expect(rowOf(await family.sync(), rebased).standing).toBe('review');
    await family.engine().decline(rebased, { because: 'never', until: null });
    expect(rowOf(await family.sync(), rebased).reason).toMatch(/never/);
  });

  it('is not needed to lose what landed: after a reset nothing lands again by itself', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    const before = git(family.target, ['rev-parse', 'main']);
    const { run } = await family.sync();
    git(family.target, ['reset', '-q', '--hard', before]);
    const row = rowOf(await family.sync(), sha);
    expect(row.standing).toBe('review');
    expect(row.reason).toContain(`Run ${run} landed it, and the target has lost it since.`);
    expect(git(family.target, ['rev-parse', 'main'])).toBe(before);
    expect(rowOf(await family.engine().apply([sha], NEVER), sha).standing).toBe('landed');
  });

  it('can be a squash of the review branch: every commit in it has landed', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat!: one', { 'src/app.txt': appWith({ 10: 'one' }) });
    const two = family.commit(acme, 'feat!: two', { 'src/app.txt': appWith({ 10: 'two' }) });
    await family.sync();
    git(family.target, ['merge', '-q', '--squash', 'autosync/acme']);
    git(family.target, ['commit', '-q', '--no-edit']);
    const report = await family.sync();
    expect(standingsOf(report, [one, two])).toEqual(['landed', 'landed']);
    expect(rowOf(report, one).reason).toMatch(/by a person/);
  });

  it('against what the target has already is refused with the way out', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    await family.sync();
    await expect(family.engine().decline(sha, { because: 'no', until: null })).rejects.toThrow(/autosync undo RUN/);
    expect((await family.engine().rows()).map(({ commit }) => commit.standing)).toEqual(['landed']);
  });

  it('needs the commit: without the cache it is explained in short, and a no asks for a scan', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'feat!: one', { 'src/one.txt': 'one\n' }, { body: 'At length.' });
    await family.scan();
    expect((await family.engine().explain(sha, NEVER)).message).toMatch(/At length/);
    rmSync(family.cache, { recursive: true });
    expect((await family.engine().explain(sha, NEVER)).message).toBe('feat!: one');
    const no = { because: 'no', until: null };
    await expect(family.engine().decline(sha, no)).rejects.toThrow(/not fetched here yet.*autosync scan/);
    await family.scan();
    await family.engine().decline(sha, no);
    expect(rowOf(await family.scan(), sha).standing).toBe('declined');
  });
});
