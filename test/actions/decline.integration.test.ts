import { describe, expect, it } from 'vitest';
import { makeFamily, NEVER, rowOf, standingsOf, subjectsOf } from '../support/family.js';
import { git, tryGit } from '../support/plainGit.js';

const no = { because: 'not for us', until: null };

describe('a person declines a commit', () => {
  it('so that it never lands, with the reason and who said it', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: unwanted', { 'src/unwanted.txt': 'unwanted\n' });
    await family.scan();
    const decision = await family.engine().decline(sha.slice(0, 9), no);
    expect(decision).toMatchObject({ sha, by: 'A. Keeper', because: 'not for us', until: null });
    const row = rowOf(await family.sync(), sha);
    expect(row.standing).toBe('declined');
    expect(row.reason).toBe('A. Keeper declined it: not for us');
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('and is asked for a reason that says something', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: unwanted', { 'src/unwanted.txt': 'unwanted\n' });
    await family.scan();
    const silent = family.engine().decline(sha, { because: ' \n\u200b ', until: null });
    await expect(silent).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(/reason .* is empty/) });
    expect(rowOf(await family.scan(), sha).standing).toBe('candidate');
  });

  it('and the no survives the rebase of the sibling: the same change under another name', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const root = git(acme, ['rev-parse', 'HEAD']);
    const sha = family.commit(acme, 'fix: unwanted', { 'src/unwanted.txt': 'unwanted\n' });
    await family.scan();
    await family.engine().decline(sha, no);
    git(acme, ['reset', '-q', '--hard', root]);
    family.commit(acme, 'fix: something first', { 'src/first.txt': 'first\n' });
    const again = family.commit(acme, 'fix: unwanted, in other words', { 'src/unwanted.txt': 'unwanted\n' });
    const report = await family.sync();
    expect(again).not.toBe(sha);
    expect(rowOf(report, again).standing).toBe('declined');
    expect(report.siblings[0]?.notes.join()).toMatch(/force-push/);
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: something first']);
  });

  it('and a no with an end expires at the next run after it', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: later', { 'src/later.txt': 'later\n' });
    await family.scan();
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await family.engine().decline(sha, { because: 'after the release', until });
    expect(rowOf(await family.sync(), sha)).toMatchObject({ standing: 'declined', evidence: { until } });
    expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
    family.wait(86_400_000 + 1000);
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('and what waited on the review branch leaves it at the next sync', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat!: one', { 'src/one.txt': 'one\n' });
    const two = family.commit(acme, 'feat!: two', { 'src/two.txt': 'two\n' });
    await family.sync();
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual(['feat!: one', 'feat!: two']);
    await family.engine().decline(one, no);
    const report = await family.sync();
    expect(standingsOf(report, [one, two])).toEqual(['declined', 'review']);
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual(['feat!: two']);
    await family.engine().decline(two, no);
    await family.sync();
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual([]);
  });

  it('and what builds on it is not landed without it', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat: a file', { 'src/file.txt': 'one\n' });
    const two = family.commit(acme, 'fix: the file', { 'src/file.txt': 'two\n' });
    await family.scan();
    await family.engine().decline(one, no);
    const report = await family.sync();
    expect(standingsOf(report, [one, two])).toEqual(['declined', 'conflict']);
    expect(rowOf(report, two).evidence).toMatchObject({ prerequisites: [{ sha: one, standing: 'declined' }] });
    expect(tryGit(family.target, ['cat-file', '-e', 'main:src/file.txt']).exit).not.toBe(0);
  });

  it('refuses what it does not know, and dates that are none', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: known', { 'src/known.txt': 'known\n' });
    await family.scan();
    const engine = family.engine();
    await expect(engine.decline('f'.repeat(40), no)).rejects.toMatchObject({ code: 'unknown-commit' });
    await expect(engine.decline('main; rm', no)).rejects.toMatchObject({ code: 'unknown-commit' });
    await expect(engine.decline(sha, { because: 'x', until: 'tomorrow-ish' })).rejects.toMatchObject({ code: 'usage' });
    expect(rowOf(await family.scan(), sha).standing).toBe('candidate');
    await expect(engine.explain(sha, NEVER)).resolves.toMatchObject({ decisions: [] });
  });
});
