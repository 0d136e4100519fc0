import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { appWith, makeFamily, NEVER, rowOf, standingsOf, subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { merge } from '../support/repository.js';

const KEY = `const id = '${'AKIA'}${'QZ7Y2M4NPLKW3R5T'}';\n`;

const countsOf = (report: RunReport): number => report.siblings.reduce((sum, { commits }) => sum + commits.length, 0);

describe('where every incoming commit stands', () => {
  it('gives each commit of a sibling exactly one standing, with reason and evidence', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    family.commit(family.target, 'fix: our own line', { 'src/app.txt': appWith({ 10: 'ours' }) });
    family.commit(family.target, 'fix: shared', { 'src/shared.txt': 'shared\n' });
    const shas = {
      filtered: family.commit(acme, 'docs: words', { 'README.md': 'Words.\n' }),
      wild: family.commit(acme, 'no convention at all', { 'src/wild.txt': 'wild\n' }),
      present: family.commit(acme, 'fix: the same in other words', { 'src/shared.txt': 'shared\n' }),
      conflict: family.commit(acme, 'fix: their line', { 'src/app.txt': appWith({ 10: 'theirs' }) }),
      landed: family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' }),
      review: family.commit(acme, 'feat!: breaking', { 'src/break.txt': 'break\n' }),
      rejected: family.commit(acme, 'fix: bad', { 'src/bad.txt': 'BROKEN\n' }),
      secret: family.commit(acme, 'fix: a key', { 'src/key.txt': KEY }),
      denied: family.commit(acme, 'fix: a pipeline', { '.github/workflows/x.yml': 'on: push\n' }),
      taken: family.commit(acme, 'fix: taken back', { 'src/taken.txt': 'taken\n' }),
    };
    const back = family.commit(
      acme,
      'Revert "fix: taken back"',
      { 'src/taken.txt': null },
      { body: `This reverts commit ${shas.taken}.` },
    );
    const report = await family.sync();
    const stand = Object.fromEntries(Object.entries(shas).map(([name, sha]) => [name, rowOf(report, sha)]));
    expect(Object.fromEntries(Object.entries(stand).map(([name, row]) => [name, row.standing]))).toEqual({
      filtered: 'filtered',
      wild: 'filtered',
      present: 'present',
      conflict: 'conflict',
      landed: 'landed',
      review: 'review',
      rejected: 'rejected',
      secret: 'filtered',
      denied: 'filtered',
      taken: 'cancelled',
    });
    expect(rowOf(report, back).standing).toBe('cancelled');
    expect(countsOf(report)).toBe(11);
    expect(stand.filtered?.evidence).toMatchObject({ kind: 'rule', rule: 'type: docs' });
    expect(stand.wild?.evidence).toMatchObject({ kind: 'rule', rule: 'type: not a conventional commit' });
    expect(stand.present?.evidence).toMatchObject({ kind: 'present', by: 'patch-id' });
    expect(stand.conflict?.evidence).toMatchObject({
      kind: 'conflict',
      files: [{ path: 'src/app.txt', lastAuthorThere: 'A. Writer' }],
    });
    expect(stand.rejected?.evidence).toMatchObject({ kind: 'rejected', failures: [{ check: 'proof' }], because: null });
    expect(stand.review?.vetoes.join()).toMatch(/breaking/);
    expect(stand.secret?.evidence).toMatchObject({ kind: 'rule', rule: 'secret' });
    expect(stand.denied?.evidence).toMatchObject({ kind: 'rule', files: [{ path: '.github/workflows/x.yml' }] });
    expect(stand.taken?.evidence).toEqual({ kind: 'cancelled', by: back });
    expect(stand.landed?.evidence).toMatchObject({
      kind: 'landed',
      pick: git(family.target, ['rev-parse', 'main']),
      how: 'auto-merge',
    });
    for (const row of report.siblings[0]?.commits ?? []) expect(row.reason).toMatch(/^\S.*[.)]$/);
  });

  it('says candidate in a scan, with what a commit builds on, and changes nothing', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat: a file', { 'src/new.txt': 'one\n' });
    const two = family.commit(acme, 'fix: that file', { 'src/other.txt': 'better\n' });
    const three = family.commit(acme, 'fix: it again', { 'src/other.txt': 'best\n' });
    const report = await family.scan();
    expect(standingsOf(report, [one, two, three])).toEqual(['candidate', 'candidate', 'conflict']);
    expect(family.checksRun()).toBe(0);
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template']);
  });

  it('expands a merge: its members are judged, the merge is filtered', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    git(acme, ['checkout', '-q', '-b', 'topic']);
    const member = family.commit(acme, 'fix: a member', { 'src/member.txt': 'member\n' });
    git(acme, ['checkout', '-q', 'main']);
    const own = family.commit(acme, 'fix: on main', { 'src/own.txt': 'own\n' });
    const merged = merge(acme, 'topic');
    const report = await family.sync();
    expect(standingsOf(report, [member, own, merged])).toEqual(['landed', 'landed', 'filtered']);
    expect(rowOf(report, merged).evidence).toMatchObject({ kind: 'rule', rule: 'merge commit' });
    expect(countsOf(report)).toBe(Number(git(acme, ['rev-list', '--count', 'main'])) - 1);
  });

  it('takes every commit, conventional or not, when the types are "*"', async () => {
    const family = makeFamily();
    family.configure({ filter: { types: ['*'] } });
    const sha = family.commit(family.sibling('acme'), 'Some words', { 'src/words.txt': 'words\n' });
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('lands a revert of something that landed, and lets a revert of a revert cancel the revert alone', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'fix: first', { 'src/first.txt': 'first\n' });
    expect(rowOf(await family.sync(), first).standing).toBe('landed');
    const revert = family.commit(
      acme,
      'Revert "fix: first"',
      { 'src/first.txt': null },
      { body: `This reverts commit ${first}.` },
    );
    const report = await family.sync();
    expect(standingsOf(report, [first, revert])).toEqual(['landed', 'landed']);
    expect(git(family.target, ['ls-files', 'src/first.txt'])).toBe('');

    const second = family.commit(acme, 'fix: second', { 'src/second.txt': 'second\n' });
    const off = family.commit(
      acme,
      'Revert "fix: second"',
      { 'src/second.txt': null },
      { body: `This reverts commit ${second}.` },
    );
    const on = family.commit(
      acme,
      'Reapply "fix: second"',
      { 'src/second.txt': 'second\n' },
      { body: `This reverts commit ${off}.` },
    );
    const again = await family.sync();
    expect(standingsOf(again, [first, revert, second, off, on])).toEqual([
      'landed',
      'landed',
      'landed',
      'cancelled',
      'cancelled',
    ]);
  });

  it('lands a change again that was taken back and made again, though the target had it once', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'fix: first', { 'src/first.txt': 'first\n' });
    await family.sync();
    const off = family.commit(
      acme,
      'Revert "fix: first"',
      { 'src/first.txt': null },
      { body: `This reverts commit ${first}.` },
    );
    await family.sync();
    const on = family.commit(
      acme,
      'Reapply "fix: first"',
      { 'src/first.txt': 'first\n' },
      { body: `This reverts commit ${off}.` },
    );
    expect(standingsOf(await family.sync(), [first, off, on])).toEqual(['landed', 'landed', 'landed']);
    expect(git(family.target, ['ls-files', 'src/first.txt'])).toBe('src/first.txt');
    expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
  });

  it('lets a commit soak, says until when, and takes it up once that moment has come', async () => {
    const family = makeFamily();
    family.configure({ filter: { minAge: '2h' } });
    const sha = family.commit(
      family.sibling('acme'),
      'fix: young',
      { 'src/young.txt': 'young\n' },
      { seconds: Math.floor(Date.now() / 1000) },
    );
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({ standing: 'waiting', evidence: { kind: 'waiting', because: 'min-age' } });
    expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
    family.wait(2 * 3_600_000);
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('takes up no more than the cap in one run, and goes on in the next', async () => {
    const family = makeFamily();
    family.configure({ land: { maxPerRun: 2 } });
    const shas = [1, 2, 3, 4, 5].map((number) =>
      family.commit(family.sibling('acme'), `fix: number ${number}`, { [`src/${number}.txt`]: `${number}\n` }),
    );
    const first = await family.sync();
    expect(standingsOf(first, shas)).toEqual(['landed', 'landed', 'waiting', 'waiting', 'waiting']);
    expect(rowOf(first, shas[4] ?? '').evidence).toEqual({ kind: 'waiting', because: 'cap', until: null });
    expect(standingsOf(await family.sync(), shas)).toEqual(['landed', 'landed', 'landed', 'landed', 'waiting']);
    expect(standingsOf(await family.sync(), shas)).toEqual(Array(5).fill('landed'));
  });

  it('does not let rejected and reviewed commits fill the cap for ever', async () => {
    const family = makeFamily();
    family.configure({ land: { maxPerRun: 2 } });
    const acme = family.sibling('acme');
    const bad = [1, 2].map((number) =>
      family.commit(acme, `fix: bad ${number}`, { [`src/bad${number}.txt`]: 'BROKEN\n' }),
    );
    const held = [1, 2].map((number) =>
      family.commit(acme, `feat!: held ${number}`, { [`src/held${number}.txt`]: 'held\n' }),
    );
    const good = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    await family.sync();
    await family.sync();
    const report = await family.sync();
    expect(standingsOf(report, [...bad, ...held, good])).toEqual([
      'rejected',
      'rejected',
      'review',
      'review',
      'landed',
    ]);
  });

  it('goes on after the cap also with what picks only on top of a commit that waits for review', async () => {
    const family = makeFamily();
    family.configure({ land: { maxPerRun: 1 } });
    const acme = family.sibling('acme');
    const held = family.commit(acme, 'feat!: a file', { 'src/file.txt': 'one\n' });
    const child = family.commit(acme, 'fix: the file', { 'src/file.txt': 'two\n' });
    await family.sync();
    expect(standingsOf(await family.sync(), [held, child])).toEqual(['review', 'review']);
  });

  it('picks a commit without the files that a rule drops, and makes that wait for a person', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: half of it', { 'src/half.txt': 'half\n', '.env': 'A=1\n' });
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({
      standing: 'review',
      partial: true,
      files: { kept: ['src/half.txt'], dropped: [{ path: '.env' }] },
    });
    expect(row.vetoes.join()).toMatch(/partial.*\.env/);
    expect(git(family.target, ['diff', '--name-only', 'main', 'autosync/acme'])).toBe('src/half.txt');
  });

  it('finds a secret also in a commit that picks only after the one before it', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const file = family.commit(acme, 'feat: a file', { 'src/client.txt': 'const a = 1;\n' });
    const key = family.commit(acme, 'fix: use the key', { 'src/client.txt': `const a = 1;\n${KEY}` });
    const report = await family.sync();
    expect(standingsOf(report, [file, key])).toEqual(['landed', 'filtered']);
    expect(git(family.target, ['grep', '-c', 'const', 'main', '--', 'src/client.txt'])).toBe('main:src/client.txt:1');
  });

  it('sees a binary file also in a commit that picks only after the one before it', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const file = family.commit(acme, 'feat: a file', { 'src/picture.bin': 'text\n' });
    const binary = family.commit(acme, 'fix: now binary', { 'src/picture.bin': `\0\0binary\0` });
    const report = await family.sync();
    expect(standingsOf(report, [file, binary])).toEqual(['landed', 'review']);
    expect(rowOf(report, binary).vetoes.join()).toMatch(/binary/);
  });

  it('names the commits that a conflict lacks', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'chore: another base', { 'src/other.txt': 'one\n' });
    const second = family.commit(acme, 'fix: builds on it', { 'src/other.txt': 'two\n' });
    const row = rowOf(await family.sync(), second);
    expect(row.evidence).toMatchObject({ kind: 'conflict', prerequisites: [{ sha: first, standing: 'filtered' }] });
    const explained = await family.engine().explain(second, NEVER);
    expect(explained.next[0]).toContain(first.slice(0, 10));
  });
});
