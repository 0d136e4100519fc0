import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ports, ProgressStep } from '../../src/core/ports.js';
import { landOnTarget } from '../../src/pipeline/land.js';
import { type Files, makeFamily, NEVER, type Policy, rowOf, standingsOf, TEMPLATE } from '../support/family.js';
import { bring, openPort, siblingAt } from '../support/openPort.js';
import { git } from '../support/plainGit.js';

const manifest = (dependencies: Files, devDependencies: Files, more: object = {}): string =>
  `${JSON.stringify({ name: 'shop', version: '1.0.0', dependencies, scripts: { a: 'a', b: 'b', c: 'c' }, license: 'MIT', private: true, devDependencies, ...more }, null, 2)}\n`;

/** A package in a folder of the repository: installed as a link, so that nothing asks a registry. */
const library = (name: string, more: object = {}): Files => ({
  [`libs/${name}/package.json`]: `${JSON.stringify({ name, version: '1.0.0', ...more })}\n`,
});

const at = (name: string): Files => ({ [name]: `file:libs/${name}` });

/** The lockfile that npm makes of these files, in a folder of its own. */
function locked(files: Files): Files {
  const family = makeFamily([], files);
  execFileSync('npm', ['install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: family.target,
    stdio: 'ignore',
  });
  return { ...files, 'package-lock.json': readFileSync(join(family.target, 'package-lock.json'), 'utf8') };
}

const LIBRARIES: Files = {
  ...library('base'),
  ...library('ours'),
  ...library('theirs', { scripts: { postinstall: 'touch ran-by-theirs' } }),
  ...library('more'),
};

/** The template, with the target's own files and those of the sibling's commits. */
function scene(policy: Policy = {}) {
  const files = (dependencies: Files, devDependencies: Files): Files =>
    locked({ ...TEMPLATE, ...LIBRARIES, 'package.json': manifest(dependencies, devDependencies) });
  const base = files(at('base'), {});
  const changed = (all: Files): Files => ({
    'package.json': all['package.json'] ?? '',
    'package-lock.json': all['package-lock.json'] ?? '',
  });
  const family = makeFamily(['acme'], base);
  const check = { name: 'proof', run: `git rev-parse 'HEAD^{tree}' >> '${family.notes}/trees'`, reads: 'exit-code' };
  family.configure({ validate: { checks: [check] }, ...policy });
  const steps: ProgressStep[] = [];
  const sync = () => family.engine({ progress: (step) => steps.push(step) }).sync({ dryRun: false, signal: NEVER });
  return {
    family,
    sync,
    ours: changed(files(at('base'), at('ours'))),
    theirs: changed(files({ ...at('base'), ...at('theirs') }, {})),
    more: changed(files({ ...at('base'), ...at('theirs'), ...at('more') }, {})),
    /** How often a package manager made a lockfile anew. */
    made: () => steps.filter(({ doing }) => doing.startsWith('making ')).length,
  };
}

const fileAt = (root: string, commit: string, path: string): string => git(root, ['show', `${commit}:${path}`]);

/** Names of what a commit's lockfile links. */
const linked = (root: string, commit: string): readonly string[] =>
  [...fileAt(root, commit, 'package-lock.json').matchAll(/"node_modules\/(\w+)"/g)]
    .map(([, name]) => name ?? '')
    .sort();

describe('a pick that changes dependencies', () => {
  it('gets a lockfile that the target’s npm makes of the merged manifest, and what lands is what was checked', async () => {
    const { family, sync, ours, theirs, more, made } = scene();
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'feat: theirs', theirs);
    const second = family.commit(acme, 'feat: more', more);
    family.commit(family.target, 'feat: ours', ours);
    const conflict = git(acme, ['merge-tree', '--write-tree', 'HEAD', git(family.target, ['rev-parse', 'HEAD'])], {
      environment: { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(family.target, '.git/objects') },
      expect: [0, 1],
    });
    expect(conflict, 'control: as text, the lockfiles conflict').toContain(
      'CONFLICT (content): Merge conflict in package-lock.json',
    );
    const scanned = await family.scan();
    expect(rowOf(scanned, first).standing).toBe('candidate');
    const report = await sync();
    expect(standingsOf(report, [first, second])).toEqual(['review', 'review']);
    expect(rowOf(report, first).reason).toContain('The package manager made package-lock.json anew.');
    expect(rowOf(report, first).vetoes.join()).toContain('changes dependencies');
    expect(linked(family.target, 'autosync/acme~1')).toEqual(['base', 'ours', 'theirs']);
    expect(linked(family.target, 'autosync/acme')).toEqual(['base', 'more', 'ours', 'theirs']);
    const tree = git(family.target, ['rev-parse', 'autosync/acme^{tree}']);
    expect(rowOf(report, second).evidence).toMatchObject({ kind: 'review', tree });
    expect(family.treesSeen(), 'the checks ran on just this tree').toContain(tree);
    expect(existsSync(join(family.target, 'libs/theirs/ran-by-theirs'))).toBe(false);
    expect(git(family.target, ['ls-tree', '-r', '--name-only', 'autosync/acme'])).not.toContain('ran-by');
    expect(made()).toBe(2);
    const shown = await family.engine().preview(first, NEVER);
    const lock = shown.target.find(({ path }) => path === 'package-lock.json');
    expect(lock?.after, 'what is shown is what would land').toBe(
      git(family.target, ['rev-parse', 'autosync/acme~1:package-lock.json']),
    );
    expect(shown).not.toHaveProperty('unmade');
    const runs = family.treesSeen().length;
    expect((await sync()).siblings[0]?.unchanged).toBe(true);
    family.commit(family.target, 'docs: beside it', { 'README.md': 'Other words.\n' });
    await sync();
    expect(made(), 'the same manifests: npm is not started again').toBe(2);
    expect(family.treesSeen().length).toBeGreaterThan(runs);
  });

  it('is applied with the lockfile made anew, and is not taken back as text', async () => {
    const { family, ours, theirs, more } = scene();
    const pick = family.commit(family.sibling('acme'), 'feat: theirs', theirs);
    family.commit(family.target, 'feat: ours', ours);
    await family.scan();
    const { run } = await family.engine().apply([pick], NEVER);
    expect(linked(family.target, 'main')).toEqual(['base', 'ours', 'theirs']);
    expect(readFileSync(join(family.target, 'package-lock.json'), 'utf8')).toContain('"node_modules/theirs"');
    family.commit(family.target, 'chore: later', { 'package-lock.json': more['package-lock.json'] ?? '' });
    await expect(family.engine().undo(run, NEVER)).rejects.toThrow('package-lock.json');
  });

  it('takes a lockfile as the sibling has it where the target’s is the one it was made from', async () => {
    const { family, sync, theirs, made } = scene();
    const pick = family.commit(family.sibling('acme'), 'feat: theirs', theirs);
    family.commit(family.target, 'docs: beside it', { 'README.md': 'Other words.\n' });
    expect(standingsOf(await sync(), [pick])).toEqual(['review']);
    expect(fileAt(family.target, 'autosync/acme', 'package-lock.json')).toBe(theirs['package-lock.json']?.trimEnd());
    expect(made()).toBe(0);
  });

  it('gets a lockfile also where the sibling keeps none', async () => {
    const { family, sync, theirs } = scene();
    const pick = family.commit(family.sibling('acme'), 'feat: theirs', {
      'package.json': theirs['package.json'] ?? '',
    });
    expect(standingsOf(await sync(), [pick])).toEqual(['review']);
    expect(linked(family.target, 'autosync/acme')).toEqual(['base', 'theirs']);
  });

  it('without anybody to make the lockfile keeps the target’s for now, and can never land like that', async () => {
    const { family, ours, theirs } = scene();
    family.commit(family.sibling('acme'), 'feat: theirs', theirs);
    family.commit(family.target, 'feat: ours', ours);
    const port = await openPort(family.target, { cache: family.cache });
    const [commit] = (await bring(port, siblingAt(family.sibling('acme')))).incoming;
    if (commit === undefined) throw new Error('nothing came');
    const { head } = port.target;
    const chain = await port.chain(head, [{ commit, message: 'feat: theirs\n' }], NEVER);
    expect(chain.results).toMatchObject([{ kind: 'picked', stale: ['package-lock.json'] }]);
    const isLockfile = (path: string): boolean => path === 'package-lock.json';
    expect(await port.filesAt(chain.tip, isLockfile, NEVER)).toEqual(await port.filesAt(head, isLockfile, NEVER));
    const store = { record: () => Promise.reject(new Error('nothing may be planned')) };
    const tools = { git: port, store, clock: Date.now } as unknown as Ports;
    const request = {
      run: 'r',
      sibling: 'acme',
      how: 'auto-merge',
      branch: 'main',
      head,
      chain,
      signal: NEVER,
    } as const;
    expect(await landOnTarget(tools, request)).toEqual({ kind: 'kept', why: 'package-lock.json was not made anew' });
    await port.close();
  });

  it('is a conflict in words where npm cannot make the lockfile, holds nothing else up, and is tried again', async () => {
    const { family, sync, ours, theirs } = scene();
    const acme = family.sibling('acme');
    const missing = (theirs['package.json'] ?? '').replace('file:libs/theirs', 'file:libs/nowhere.tgz');
    const bad = family.commit(acme, 'feat: theirs', { ...theirs, 'package.json': missing });
    const good = family.commit(acme, 'fix: one', { 'src/good.txt': 'good\n' });
    family.commit(family.target, 'feat: ours', ours);
    const report = await sync();
    expect(standingsOf(report, [bad, good])).toEqual(['conflict', 'landed']);
    expect(rowOf(report, bad).reason).toMatch(/^package-lock\.json is never merged as text, and .*npm did not succeed/);
    expect((await sync()).siblings[0]?.unchanged).toBe(false);
    expect(git(family.target, ['rev-parse', '--verify', '--quiet', 'autosync/acme'], { expect: [0, 1] })).toBe('');
  });
});

describe('what a program writes', () => {
  const rows = (more: Readonly<Record<number, string>>): string =>
    Array.from({ length: 30 }, (_unused, index) => `${more[index] ?? `row ${index}`}\n`).join('');

  it('is never merged as text, though the text would merge', async () => {
    const files = { 'Cargo.lock': rows({}), 'src/api.gen.txt': rows({}), 'src/plain.txt': rows({}) };
    const family = makeFamily(['acme'], {
      ...TEMPLATE,
      ...files,
      'package-lock.json': rows({}),
      '.gitattributes': '*.gen.txt linguist-generated\n',
    });
    const acme = family.sibling('acme');
    const paths = ['Cargo.lock', 'src/api.gen.txt', 'package-lock.json', 'src/plain.txt'];
    const picks = paths.map((path) => family.commit(acme, `fix: ${path}`, { [path]: rows({ 2: 'theirs' }) }));
    for (const path of paths) family.commit(family.target, `fix: ours of ${path}`, { [path]: rows({ 25: 'ours' }) });
    for (const report of [await family.scan(), await family.sync()]) {
      expect(standingsOf(report, picks.slice(0, 3))).toEqual(['conflict', 'conflict', 'conflict']);
      expect(picks.slice(0, 3).map((sha) => rowOf(report, sha).evidence)).toMatchObject([
        { files: [{ path: 'Cargo.lock', type: 'lockfile' }] },
        { files: [{ path: 'src/api.gen.txt', type: 'generated' }] },
        { files: [{ path: 'package-lock.json', type: 'lockfile' }] },
      ]);
      expect(rowOf(report, picks[0] ?? '').reason).toContain('A program writes Cargo.lock and both sides changed it');
    }
    expect(subjectOf(family.target), 'control: the same rows in a plain file merge').toBe('fix: src/plain.txt');
    expect(fileAt(family.target, 'main', 'src/plain.txt')).toBe(rows({ 2: 'theirs', 25: 'ours' }).trimEnd());
    for (const path of paths.slice(0, 3)) expect(fileAt(family.target, 'main', path)).not.toContain('theirs');
  });

  it('is never merged by way of a renamed folder', async () => {
    const family = makeFamily(['acme'], { ...TEMPLATE, 'old/Cargo.lock': rows({}), 'old/a.txt': 'a\n' });
    const pick = family.commit(family.sibling('acme'), 'fix: locked', { 'old/Cargo.lock': rows({ 2: 'theirs' }) });
    git(family.target, ['mv', 'old', 'new']);
    family.commit(family.target, 'refactor: moved', { 'new/Cargo.lock': rows({ 25: 'ours' }) });
    expect(standingsOf(await family.sync(), [pick])).toEqual(['conflict']);
  });
});

const subjectOf = (root: string): string => git(root, ['log', '-1', '--format=%s', 'main']);
