import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Family, makeFamily, NEVER, rowOf, standingsOf, subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { makeRepository } from '../support/repository.js';

const stateFile = (family: Family, name: string): string => join(family.target, '.autosync', name);

/** What is remembered, without the history of runs: each run is a fact of its own. */
function remembered(family: Family): unknown {
  const { state } = JSON.parse(readFileSync(stateFile(family, 'state.json'), 'utf8'));
  return { ...state, runs: [] };
}

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const mixed = (family: Family, sibling = 'acme'): readonly string[] => [
  family.commit(family.sibling(sibling), 'fix: good', { [`src/${sibling}.txt`]: 'good\n' }),
  family.commit(family.sibling(sibling), 'feat!: held', { [`src/${sibling}-held.txt`]: 'held\n' }),
  family.commit(family.sibling(sibling), 'fix: bad', { [`src/${sibling}-bad.txt`]: 'BROKEN\n' }),
  family.commit(family.sibling(sibling), 'docs: words', { 'README.md': 'words\n' }),
];

describe('a sibling that fails', () => {
  it('is a row with its error, and the others go on', async () => {
    const family = makeFamily(['acme', 'gone', 'branchless', 'empty']);
    rmSync(family.sibling('gone'), { recursive: true });
    rmSync(family.sibling('empty'), { recursive: true });
    makeRepository({ folder: family.sibling('empty') });
    family.configure({
      siblings: [
        { name: 'gone', path: '../gone' },
        { name: 'branchless', path: '../branchless', branch: 'deleted' },
        { name: 'empty', path: '../empty' },
        { name: 'acme', path: '../acme' },
      ],
    });
    const shas = mixed(family);
    const report = await family.sync();
    expect(report.siblings.map(({ name, error }) => [name, error !== null])).toEqual([
      ['gone', true],
      ['branchless', true],
      ['empty', true],
      ['acme', false],
    ]);
    expect(report.siblings[1]?.error).toMatch(/deleted.*main/s);
    expect(standingsOf(report, shas).length).toBe(4);
    const status = await family.engine().status();
    expect(status.lastRun?.outcome).toBe('partly');
    expect(status.siblings[0]?.error).toMatch(/gone/);
  });

  it('keeps the rows of its last good pass, and comes back by itself', async () => {
    const family = makeFamily();
    const shas = mixed(family);
    await family.sync();
    const acme = family.sibling('acme');
    git(family.folder, ['clone', '-q', '--bare', acme, `${acme}.kept`]);
    rmSync(acme, { recursive: true });
    const failed = await family.sync();
    expect(failed.siblings[0]?.error).toBeTruthy();
    expect(standingsOf(failed, shas)).toEqual(['landed', 'review', 'rejected', 'filtered']);
    git(family.folder, ['clone', '-q', `${acme}.kept`, acme]);
    expect((await family.sync()).siblings[0]).toMatchObject({ error: null });
  });
});

describe('a second run', () => {
  it('finds nothing new: no ref moves, no row is written again, the log and the branch stay', async () => {
    const family = makeFamily(['acme', 'globex']);
    mixed(family, 'acme');
    mixed(family, 'globex');
    await family.sync();
    const refs = git(family.target, ['for-each-ref']);
    const before = remembered(family);
    const log = digest(stateFile(family, 'logs/app.log'));
    const checks = family.checksRun();
    const second = await family.sync();
    expect(second.siblings.map(({ unchanged }) => unchanged)).toEqual([true, true]);
    expect(git(family.target, ['for-each-ref'])).toBe(refs);
    expect(remembered(family)).toEqual(before);
    expect(digest(stateFile(family, 'logs/app.log'))).toBe(log);
    expect(family.checksRun()).toBe(checks);
  });

  it('looks again once the policy, the target or the sibling changed', async () => {
    const family = makeFamily();
    mixed(family);
    await family.sync();
    family.configure({ filter: { types: ['docs'] } });
    expect((await family.sync()).siblings[0]?.unchanged).toBe(false);
    family.commit(family.target, 'fix: ours', { 'src/ours.txt': 'ours\n' });
    expect((await family.sync()).siblings[0]?.unchanged).toBe(false);
    family.commit(family.sibling('acme'), 'docs: more', { 'README.md': 'more\n' });
    expect((await family.sync()).siblings[0]?.unchanged).toBe(false);
    expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
  });

  it('after a scan or a dry run does what they left out', async () => {
    const family = makeFamily();
    const shas = mixed(family);
    expect(standingsOf(await family.scan(), shas)).toEqual(['candidate', 'candidate', 'candidate', 'filtered']);
    const dry = await family.dryRun();
    expect(dry).toMatchObject({ dryRun: true, target: { head: dry.target.landedHead } });
    expect(rowOf(dry, shas[0] ?? '')).toMatchObject({
      standing: 'candidate',
      verdict: 'auto-merge',
      reason: 'It was validated; `autosync sync` would merge it.',
    });
    expect(rowOf(dry, shas[1] ?? '')).toMatchObject({
      standing: 'candidate',
      verdict: 'review',
      reason: expect.stringContaining('would offer it for review. It says that it is a breaking change.'),
    });
    expect(rowOf(dry, shas[2] ?? '').standing).toBe('rejected');
    expect(subjectsOf(family.target, '--all')).toEqual(['chore: the template']);
    expect(standingsOf(await family.sync(), shas)).toEqual(['landed', 'review', 'rejected', 'filtered']);
    expect(standingsOf(await family.scan(), shas)).toEqual(['landed', 'review', 'rejected', 'filtered']);
  });

  it('says that a sibling was force-pushed, and drops what is gone', async () => {
    const family = makeFamily();
    const [, held = ''] = mixed(family);
    await family.sync();
    git(family.sibling('acme'), ['reset', '-q', '--hard', 'HEAD~3']);
    const report = await family.sync();
    expect(report.siblings[0]?.notes.join()).toMatch(/force-push/);
    expect(report.siblings[0]?.commits.map(({ sha }) => sha)).not.toContain(held);
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual([]);
  });
});

describe('what is remembered', () => {
  it.each([
    ['the state is lost', ['autosync.db', 'journal.jsonl', 'state.json', 'backups']],
    ['the database is lost', ['autosync.db']],
    [
      'the whole folder but the policy is lost',
      ['autosync.db', 'journal.jsonl', 'state.json', 'backups', 'logs', '.gitignore'],
    ],
  ])('is found again when %s, and nothing lands twice', async (_what, files) => {
    const family = makeFamily();
    const shas = mixed(family);
    const run = await family.sync();
    const refs = git(family.target, ['log', '--format=%H', 'main']);
    for (const file of files) rmSync(stateFile(family, file), { recursive: true, force: true });
    const report = await family.sync();
    expect(standingsOf(report, shas)).toEqual(['landed', 'review', 'rejected', 'filtered']);
    expect(git(family.target, ['log', '--format=%H', 'main'])).toBe(refs);
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual(['feat!: held']);
    await family.engine().undo(run.run, NEVER);
    expect(git(family.target, ['ls-files', 'src/acme.txt'])).toBe('');
  });

  it('is found again when the cache is lost: it costs a fetch and nothing else', async () => {
    const family = makeFamily();
    const shas = mixed(family);
    await family.sync();
    const refs = git(family.target, ['for-each-ref']);
    rmSync(family.cache, { recursive: true });
    const report = await family.sync();
    expect(standingsOf(report, shas)).toEqual(['landed', 'review', 'rejected', 'filtered']);
    expect(git(family.target, ['for-each-ref'])).toBe(refs);
  });

  it.each([1, 2, 3, 4])(
    'is written by one run at a time (try %i): the other one is told so, and does no harm',
    async () => {
      const family = makeFamily();
      mixed(family);
      const ends = await Promise.allSettled([family.sync(), family.sync()]);
      const words = ends.map((end) => (end.status === 'rejected' ? (end.reason as { code?: string }).code : 'done'));
      expect(words.sort()).toEqual(['done', 'locked']);
      expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: good']);
      const left = readdirSync(join(family.target, '.autosync')).filter((name) => /\.tmp|lock/.test(name));
      expect(left).toEqual([]);
    },
  );

  it('survives a backup and its restore', async () => {
    const family = makeFamily();
    const [, held = ''] = mixed(family);
    await family.sync();
    const engine = family.engine();
    const name = await engine.backup();
    expect((await engine.backups()).map((one) => one.name)).toContain(name);
    const rows = await engine.rows();
    await engine.decline(held, { because: 'a slip', until: null });
    expect((await engine.rows()).find(({ commit }) => commit.sha === held)?.commit.standing).toBe('declined');
    await engine.restore(name);
    expect(await engine.rows()).toEqual(rows);
    expect(rowOf(await family.sync(), held).standing).toBe('review');
    await expect(engine.restore('../../etc/passwd')).rejects.toMatchObject({ code: 'usage' });
    expect(statSync(stateFile(family, 'autosync.db')).size).toBeGreaterThan(0);
  });
});
