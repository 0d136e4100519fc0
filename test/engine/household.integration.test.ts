import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFamily, NEVER, rowOf, TEMPLATE } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { makeRepository } from '../support/repository.js';

const configOf = (target: string): string => readFileSync(join(target, '.autosync/config.json'), 'utf8');

describe('init', () => {
  it('finds clones by shared history, copies by similar trees, and remotes; not strangers', async () => {
    const family = makeFamily(['clone']);
    rmSync(join(family.target, '.autosync'), { recursive: true });
    const copy = makeRepository({ folder: join(family.folder, 'copy') });
    family.commit(copy, 'chore: from the template', { ...TEMPLATE, 'src/more.txt': 'more\n' });
    const stranger = makeRepository({ folder: join(family.folder, 'stranger') });
    family.commit(stranger, 'feat: another thing', { 'lib/a.rs': 'a\n', 'lib/b.rs': 'b\n', 'lib/c.rs': 'c\n' });
    mkdirSync(join(family.folder, 'no-repository'));
    git(family.target, ['remote', 'add', 'upstream', 'https://github.com/example/upstream.git']);
    const report = await family.engine().init(NEVER);
    expect(report.written).toBe(true);
    expect(report.found.map(({ name }) => name).sort()).toEqual(['clone', 'copy', 'upstream']);
    expect(report.found.find(({ name }) => name === 'clone')?.because).toMatch(/shares 1 commit/);
    expect(report.found.find(({ name }) => name === 'copy')?.because).toMatch(/same path/);
    expect(configOf(family.target)).toMatch(/"path": "\.\.\/clone"/);
    family.commit(family.sibling('clone'), 'fix: it', { 'src/it.txt': 'it\n' });
    await expect(family.engine().scan({ signal: NEVER })).resolves.toMatchObject({
      siblings: expect.arrayContaining([expect.objectContaining({ name: 'clone', error: null })]),
    });
  }, 60_000);

  it('leaves a policy that is there as it is', async () => {
    const family = makeFamily();
    const before = configOf(family.target);
    const report = await family.engine().init(NEVER);
    expect(report).toMatchObject({ written: false, found: [{ name: 'acme' }] });
    expect(configOf(family.target)).toBe(before);
  });

  it('starts nothing that a repository beside the target names', async () => {
    const family = makeFamily(['hostile']);
    rmSync(join(family.target, '.autosync'), { recursive: true });
    const [hostile, fired] = [family.sibling('hostile'), join(family.folder, 'fired')];
    const script = join(family.folder, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\n: > '${fired}'\n`);
    chmodSync(script, 0o755);
    for (const key of [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'uploadpack.packObjectsHook',
      'diff.external',
    ])
      git(hostile, ['config', key, script]);
    git(hostile, ['status']);
    expect(existsSync(fired)).toBe(true); // the trap works
    rmSync(fired);
    const report = await family.engine().init(NEVER);
    expect(report.found.map(({ name }) => name)).toEqual(['hostile']);
    await family.engine().scan({ signal: NEVER });
    await family.engine().sync({ dryRun: false, signal: NEVER });
    expect(existsSync(fired)).toBe(false);
  });
});

describe('doctor', () => {
  it('says that all is well, with what it found', async () => {
    const family = makeFamily();
    const { findings, toolchain } = await family.engine().doctor(NEVER);
    expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
    expect(findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['git', 'target', 'configuration', 'sibling acme', 'state', 'checks']),
    );
    expect(toolchain?.checks.map(({ name }) => name)).toEqual(['proof']);
  });

  it('names what is not well, each with a way to mend it, and goes on', async () => {
    const family = makeFamily(['acme', 'gone']);
    rmSync(family.sibling('gone'), { recursive: true });
    family.configure({ validate: { checks: [] } });
    const { findings } = await family.engine().doctor(NEVER);
    expect(findings.find(({ subject }) => subject === 'sibling gone')).toMatchObject({
      state: 'bad',
      mend: expect.stringMatching(/./),
    });
    expect(findings.find(({ subject }) => subject === 'sibling acme')).toMatchObject({ state: 'good' });
    expect(findings.find(({ subject }) => subject === 'checks')).toMatchObject({ state: 'warning' });
    writeFileSync(join(family.target, '.autosync/config.json'), '{ "sibling": [] }');
    const broken = await family.engine().doctor(NEVER);
    expect(broken.findings.find(({ subject }) => subject === 'configuration')).toMatchObject({
      state: 'bad',
      what: expect.stringMatching(/siblings/),
    });
  });
});

describe('what the engine tells', () => {
  it('prints the policy with where each value is from', async () => {
    const family = makeFamily();
    family.configure({ decide: { maxRisk: 3 } });
    const lines = await family.engine().config();
    expect(lines.find((line) => line.startsWith('decide.maxRisk'))).toMatch(/= 3 .*config\.json/);
    expect(lines.find((line) => line.startsWith('land.maxPerRun'))).toMatch(/= 20 .*default/);
  });

  it('sums up siblings, standings, landings and the next run', async () => {
    const family = makeFamily();
    const held = family.commit(family.sibling('acme'), 'feat!: held', { 'src/held.txt': 'held\n' });
    family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const { run } = await family.sync();
    const status = await family.engine().status();
    expect(status.siblings[0]).toMatchObject({
      name: 'acme',
      branch: 'main',
      error: null,
      counts: { review: 1, landed: 1 },
      waiting: [{ sha: held }],
    });
    expect(status.lastRun).toMatchObject({ run, outcome: 'done', counts: { review: 1, landed: 1 } });
    expect(status.landings.map((landing) => landing.run)).toEqual([run]);
    const ended = Date.parse(status.lastRun?.endedAt ?? '');
    expect(Date.parse(status.nextRun ?? '') - ended).toBe(3_600_000);
  });

  it('explains a commit: message, evidence, landings and what to do next', async () => {
    const family = makeFamily();
    family.commit(family.target, 'fix: ours', { 'src/other.txt': 'ours\n' });
    const acme = family.sibling('acme');
    const clash = family.commit(acme, 'fix: theirs', { 'src/other.txt': 'theirs\n' }, { body: 'Body \u001b[2Jof it.' });
    const good = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    await family.sync();
    const engine = family.engine();
    const explained = await engine.explain(clash.slice(0, 7), NEVER);
    expect(explained).toMatchObject({ sibling: 'acme', commit: { sha: clash, standing: 'conflict' } });
    expect(explained.message).toContain('of it.');
    expect(explained.message).not.toContain('\u001b');
    expect(explained.commit.evidence).toMatchObject({
      files: [{ path: 'src/other.txt', hunks: [{ ours: ['ours'], theirs: ['theirs'] }] }],
    });
    expect((await engine.explain(good, NEVER)).landings).toMatchObject([{ phase: 'done', how: 'auto-merge' }]);
    await expect(engine.explain('0000000', NEVER)).rejects.toMatchObject({ code: 'unknown-commit' });
  });

  it('accounts for every commit of a sibling from git, and says when the two disagree', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const good = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    family.commit(acme, 'docs: words', { 'README.md': 'words\n' });
    await family.sync();
    const sound = (await family.engine().audit({ signal: NEVER })).siblings[0];
    expect(sound).toMatchObject({ total: 3, counts: { ancestor: 1, landed: 1, filtered: 1 }, problems: [] });
    git(family.target, ['reset', '-q', '--hard', 'HEAD~1']);
    const unsound = (await family.engine().audit({ signal: NEVER })).siblings[0];
    expect(unsound?.problems.join()).toContain(good.slice(0, 10));
  });

  it('refuses to start without a policy, outside a repository, and for a sibling that nobody named', async () => {
    const family = makeFamily();
    await expect(family.engine().sync({ sibling: 'nobody', dryRun: false, signal: NEVER })).rejects.toMatchObject({
      code: 'usage',
    });
    rmSync(join(family.target, '.autosync'), { recursive: true });
    await expect(family.sync()).rejects.toMatchObject({ code: 'no-config' });
    expect(existsSync(join(family.target, '.autosync'))).toBe(false);
    await expect(family.engine({ workspace: family.notes }).status()).rejects.toMatchObject({ code: 'no-repository' });
  });

  it('looks at one sibling when one is named, and leaves the rows of the others', async () => {
    const family = makeFamily(['acme', 'globex']);
    const one = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    const two = family.commit(family.sibling('globex'), 'fix: two', { 'src/two.txt': 'two\n' });
    const report = await family.engine().sync({ sibling: 'globex', dryRun: false, signal: NEVER });
    expect(report.siblings.map(({ name }) => name)).toEqual(['globex']);
    expect(rowOf(report, two).standing).toBe('landed');
    expect((await family.engine().rows()).map(({ commit }) => commit.sha)).toEqual([two]);
    expect(rowOf(await family.sync(), one).standing).toBe('landed');
  });
});
