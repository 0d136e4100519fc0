import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { lockProgram } from '../../src/checks/relock.js';
import { pathWith } from '../support/packageManagers.js';
import { LOCAL_LOCK } from './localLock.js';
import { type Files, makeChecks, makeProject, never, temporaryFolder } from './project.js';

const exec = promisify(execFile);

afterEach(() => {
  vi.unstubAllEnvs();
});

const LOCKFILE = 'package-lock.json';

/** A project whose lockfile does not know its newer dependency yet. */
const behind = (newer: string, more: Files = {}): Files => ({
  'package.json': { name: 'app', version: '1.0.0', dependencies: { local: 'file:local', newer } },
  [LOCKFILE]: LOCAL_LOCK,
  'local/package.json': { name: 'local', version: '1.0.0' },
  ...more,
});

const library = (fired: string): Files => ({
  'newer/package.json': { name: 'newer', version: '2.0.0', scripts: { postinstall: `echo postinstall >> ${fired}` } },
});

const plainNpm = (folder: string) =>
  exec('npm', ['install', '--package-lock-only', '--prefer-offline', '--no-audit'], { cwd: folder }).catch(() => null);

async function relocked(files: Files) {
  const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
  return { folder, result: await checks.relock(folder, LOCKFILE, never()) };
}

describe('a lockfile', () => {
  test('is made anew from the manifests, and nothing is installed', async () => {
    const { folder, result } = await relocked(behind('file:newer', library('never')));
    if (result.kind !== 'made') throw new Error(result.why);
    const { packages } = JSON.parse(Buffer.from(result.content).toString('utf8'));
    expect(packages).toMatchObject({ local: { version: '1.0.0' }, newer: { version: '2.0.0' } });
    expect(await readdir(folder)).not.toContain('node_modules');
  });

  test('that cannot be made says what the package manager said', async () => {
    const { result } = await relocked(behind('file:nowhere.tgz'));
    expect(result).toMatchObject({ kind: 'failed', why: expect.stringMatching(/npm did not succeed.*ENOENT/s) });
  });

  test('is left alone where node_modules leads out of the tree', async () => {
    const [checks, folder, elsewhere] = await Promise.all([
      makeChecks(),
      makeProject(behind('file:newer', library('never'))),
      temporaryFolder(),
    ]);
    await symlink(elsewhere, join(folder, 'node_modules'));
    expect(await checks.relock(folder, LOCKFILE, never())).toMatchObject({ kind: 'failed' });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test('is made by a program that is known with its version, where there is one', async () => {
    const { stdout } = await exec('npm', ['--version']);
    expect(await lockProgram(LOCKFILE, process.env['PATH'] ?? '')).toBe(`npm ${stdout.trim()}`);
    expect(await lockProgram(LOCKFILE, await temporaryFolder())).toBeNull();
    expect(await lockProgram('Cargo.lock', process.env['PATH'] ?? '')).toBeNull();
  });
});

describe('a hostile project', () => {
  test('cannot name the git that looks its dependencies up, which a plain npm starts', async () => {
    const fired = join(await temporaryFolder(), 'fired');
    const repository = await makeProject({ 'package.json': { name: 'newer', version: '2.0.0' } });
    const who = ['-c', 'user.name=A. Writer', '-c', 'user.email=writer@example.test'];
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      [...who, 'commit', '-qm', 'feat: start'],
    ])
      await exec('git', args, { cwd: repository });
    const evil = { '.npmrc': 'git=./evil.sh\n', 'evil.sh': `#!/bin/sh\necho git >> ${fired}\nexec git "$@"\n` };
    const files = behind(`git+file://${repository}`, evil);
    await plainNpm(await makeProject(files));
    expect(await readFile(fired, 'utf8'), 'control').toMatch(/git/);
    await rm(fired);
    expect((await relocked(files)).result.kind).toBe('made');
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a lockfile of a later Yarn', () => {
  const manifest = { name: 'app', version: '1.0.0', license: 'MIT', dependencies: { local: 'file:./local' } };
  const files: Files = { 'package.json': manifest, 'local/package.json': { name: 'local', version: '1.0.0' } };
  const below = (folder: string): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}${path}`, text]));
  const PLUGIN = 'nodeLinker: node-modules\nenableTelemetry: false\nplugins:\n  - ./evil.cjs\n';

  test.each(['', 'app/'])(
    'is made anew without the plugins that the project names, in a folder of its own too (%j)',
    async (folder) => {
      vi.stubEnv('PATH', pathWith('yarn-berry'));
      const fired = join(await temporaryFolder(), 'fired');
      const evil = `require('node:fs').writeFileSync('${fired}', 'x'); module.exports = { name: 'e', factory: () => ({}) };`;
      const lock = '__metadata:\n  version: 10\n';
      const more = { '.yarnrc.yml': PLUGIN, 'evil.cjs': evil, [`${folder}yarn.lock`]: lock };
      const [checks, root] = await Promise.all([makeChecks(), makeProject({ ...below(folder), ...more })]);
      await exec('yarn', ['--version'], { cwd: join(root, folder) });
      expect(await readFile(fired, 'utf8'), 'control').toBe('x');
      await rm(fired);
      const result = await checks.relock(root, `${folder}yarn.lock`, never());
      if (result.kind !== 'made') throw new Error(result.why);
      expect(Buffer.from(result.content).toString('utf8')).toMatch(/^__metadata:[\s\S]*"local@/m);
      await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );

  test('is not written in the format of Yarn 1, where only that is there', async () => {
    vi.stubEnv('PATH', pathWith('yarn'));
    const lock = '__metadata:\n  version: 8\n';
    const [checks, root] = await Promise.all([makeChecks(), makeProject({ ...files, 'yarn.lock': lock })]);
    const result = await checks.relock(root, 'yarn.lock', never());
    expect(result).toMatchObject({ kind: 'failed', why: expect.stringContaining('version 2 or later') });
  });
});
