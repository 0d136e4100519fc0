import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { INSTALL_MARKER } from '../../src/checks/install.js';
import { LOCAL_LOCK } from './localLock.js';
import { type Files, makeChecks, makeProject, never, temporaryFolder } from './project.js';

const exec = promisify(execFile);

/** A project whose only dependency is a folder of its own, so that an install needs no network. */
const project: Files = {
  'package.json': {
    name: 'app',
    version: '1.0.0',
    scripts: { test: 'node --test' },
    dependencies: { local: 'file:local' },
  },
  'package-lock.json': LOCAL_LOCK,
  'local/package.json': { name: 'local', version: '1.0.0' },
};
const marker = (folder: string) => join(folder, 'node_modules', INSTALL_MARKER);

describe('install', () => {
  test('installs once, skips the second time, and repeats what changed or was cut short', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(project)]);
    const toolchain = await checks.detect(folder);
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: true });
    expect(await readdir(join(folder, 'node_modules'))).toContain('local');
    expect(await readFile(marker(folder), 'utf8')).toBe(toolchain.install?.key);
    expect(await checks.install(folder, toolchain, never())).toEqual({ ran: false, milliseconds: 0 });
    await rm(marker(folder));
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: true });
    await writeFile(
      join(folder, 'package-lock.json'),
      `${await readFile(join(folder, 'package-lock.json'), 'utf8')}\n`,
    );
    expect(await checks.install(folder, await checks.detect(folder), never())).toMatchObject({ ran: true });
  });

  test('is repeated for a patch of a package that changed, wherever it stands, and for settings; for no other file', async () => {
    const patched = { 'a@1.0.0': 'own/a.patch' };
    const files = {
      ...project,
      'package.json': { ...(project['package.json'] as object), patchedDependencies: patched },
    };
    const [checks, folder] = await Promise.all([
      makeChecks(),
      makeProject({ ...files, 'src/x': '', 'own/a.patch': '' }),
    ]);
    const keyAfter = async (path: string): Promise<string | undefined> => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `changed ${path}\n`);
      return (await checks.detect(folder)).install?.key;
    };
    const keys = [await keyAfter('src/x')];
    const deciding = ['patches/b+1.0.0.patch', 'patches/@c/d.patch', '.yarn/patches/e.patch', 'own/a.patch', '.npmrc'];
    for (const path of deciding) keys.push(await keyAfter(path));
    expect(new Set(keys).size).toBe(deciding.length + 1);
    expect([await keyAfter('src/y'), await keyAfter('other/z.patch')]).toEqual([keys.at(-1), keys.at(-1)]);
  });

  test('is repeated for a patch that changed, also beside links that lead round and round', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ ...project, 'patches/a.patch': 'one' })]);
    for (const name of ['here', 'there']) await symlink('.', join(folder, 'patches', name));
    const before = (await checks.detect(folder)).install?.key;
    await writeFile(join(folder, 'patches/a.patch'), 'two');
    expect((await checks.detect(folder)).install?.key).not.toBe(before);
  });

  test('changes nothing but node_modules, with a lockfile and without one', async () => {
    const { 'package-lock.json': _, ...unlocked } = project;
    for (const files of [project, unlocked]) {
      const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
      const before = await snapshot(folder);
      await checks.install(folder, await checks.detect(folder), never());
      expect(await snapshot(folder)).toEqual(before);
      expect(await readdir(join(folder, 'node_modules'))).toContain('local');
    }
  });

  test('does nothing for a project without dependencies', async () => {
    const [checks, folder] = await Promise.all([
      makeChecks(),
      makeProject({ 'package.json': { scripts: { test: 'x' } } }),
    ]);
    expect(await checks.install(folder, await checks.detect(folder), never())).toEqual({ ran: false, milliseconds: 0 });
  });

  test('says what npm said when it fails, and is repeated', async () => {
    const broken = {
      ...project,
      'package.json': { scripts: { test: 'x' }, dependencies: { local: 'file:local', more: 'file:more' } },
    };
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(broken)]);
    const toolchain = await checks.detect(folder);
    await mkdir(join(folder, 'node_modules'));
    await writeFile(marker(folder), 'an older key');
    await expect(checks.install(folder, toolchain, never())).rejects.toMatchObject({
      code: 'check-setup',
      message: expect.stringMatching(/npm ci[\s\S]*exit code 1[\s\S]*Missing: more[\s\S]*lockfile fits package\.json/),
    });
    await expect(stat(marker(folder))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('is cancelled, and repeated afterwards', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(project)]);
    const toolchain = await checks.detect(folder);
    const cancel = new AbortController();
    const running = checks.install(folder, toolchain, cancel.signal);
    setTimeout(() => cancel.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: true });
  });

  test('writes its mark nowhere else, whatever a script of a package put in its place', async () => {
    const [checks, folder, elsewhere] = await Promise.all([
      makeChecks(),
      makeProject({}),
      makeProject({ precious: 'x' }),
    ]);
    const install = (command: string) =>
      checks.install(
        folder,
        { checks: [], notes: [], install: { command, key: command, because: 'the test' } },
        never(),
      );
    await install(`mkdir node_modules && ln -s '${elsewhere}/precious' node_modules/${INSTALL_MARKER}`);
    expect((await readFile(marker(folder), 'utf8')).startsWith('mkdir')).toBe(true);
    const linked = install(`rm -rf node_modules && ln -s '${elsewhere}' node_modules`);
    await expect(linked).rejects.toMatchObject({ code: 'check-setup' });
    expect(await readdir(elsewhere)).toEqual(['precious']);
    expect(await readFile(join(elsewhere, 'precious'), 'utf8')).toBe('x');
  });

  test('refuses a node_modules that is a link to somewhere else', async () => {
    const [checks, folder, elsewhere] = await Promise.all([
      makeChecks(),
      makeProject(project),
      makeProject({ precious: 'x' }),
    ]);
    await symlink(elsewhere, join(folder, 'node_modules'));
    const toolchain = await checks.detect(folder);
    await expect(checks.install(folder, toolchain, never())).rejects.toMatchObject({ code: 'check-setup' });
    expect(await readdir(elsewhere)).toEqual(['precious']);
  });
});

describe('a hostile project', () => {
  const hostile = (fired: string): Files => ({
    ...project,
    'package.json': {
      ...(project['package.json'] as object),
      scripts: { test: 'x', prepare: `echo prepare >> ${fired}` },
    },
    '.npmrc': 'script-shell=./evil.sh\nnode-options=--require ./evil.cjs\n',
    'evil.sh': `#!/bin/sh\necho script-shell >> ${fired}\n`,
    'evil.cjs': `require('node:fs').appendFileSync(${JSON.stringify(fired)}, 'node-options\\n');\n`,
  });

  test('runs nothing of its own while its dependencies are installed', async () => {
    const fired = join(await temporaryFolder(), 'fired');
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(hostile(fired))]);
    expect(await checks.install(folder, await checks.detect(folder), never())).toMatchObject({ ran: true });
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('would run with a plain npm ci (positive control)', async () => {
    const fired = join(await temporaryFolder(), 'fired');
    const folder = await makeProject(hostile(fired));
    await exec('npm', ['ci'], { cwd: folder }).catch(() => undefined);
    expect(await readFile(fired, 'utf8')).toMatch(/script-shell|node-options/);
  });

  test('has no install script run, which a plain npm ci runs', async () => {
    const fired = join(await temporaryFolder(), 'fired');
    const names = ['preinstall', 'install', 'postinstall', 'prepare'];
    const scripts = Object.fromEntries(names.map((name) => [name, `echo ${name} >> ${fired}`]));
    const files = {
      ...project,
      'package.json': { ...(project['package.json'] as object), scripts: { test: 'x', ...scripts } },
    };
    await exec('npm', ['ci'], { cwd: await makeProject(files) });
    expect((await readFile(fired, 'utf8')).trim().split('\n')).toEqual(names);
    await rm(fired);
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
    expect(await checks.install(folder, await checks.detect(folder), never())).toMatchObject({ ran: true });
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('cannot name the git that fetches its dependencies', async () => {
    const fired = join(await temporaryFolder(), 'fired');
    const repository = await makeGitDependency();
    const files = gitProject(repository, fired);
    const plain = await makeProject(files);
    await exec('npm', ['ci', '--ignore-scripts'], { cwd: plain }).catch(() => undefined);
    expect(await readFile(fired, 'utf8')).toMatch(/git/);
    await rm(fired);
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
    expect(await checks.install(folder, await checks.detect(folder), never())).toMatchObject({ ran: true });
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(join(folder, 'node_modules'))).toContain('local');
  });

  test('sees no variable of ours while it is installed', async () => {
    vi.stubEnv('AUTOSYNC_CANARY', 'canary-value');
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(project)]);
    const { checks: found, notes } = await checks.detect(folder);
    const install = { command: 'env', key: 'k', because: 'the test' };
    await checks.install(folder, { checks: found, notes, install }, never());
    const failing = { ...install, key: 'other', command: 'env; exit 1' };
    const error = await checks.install(folder, { checks: found, notes, install: failing }, never()).catch(String);
    expect(error).toContain('npm_config_cache=');
    expect(error).not.toContain('canary-value');
    vi.unstubAllEnvs();
  });
});

async function makeGitDependency(): Promise<{ readonly url: string; readonly sha: string }> {
  const folder = await makeProject({ 'package.json': { name: 'local', version: '1.0.0' } });
  const git = (...args: readonly string[]) =>
    exec('git', ['-c', 'user.name=A. Writer', '-c', 'user.email=writer@example.test', ...args], { cwd: folder });
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-qm', 'feat: start');
  return { url: `git+file://${folder}`, sha: (await git('rev-parse', 'HEAD')).stdout.trim() };
}

function gitProject({ url, sha }: { readonly url: string; readonly sha: string }, fired: string): Files {
  const root = { name: 'app', version: '1.0.0', dependencies: { local: url } };
  const packages = { '': root, 'node_modules/local': { version: '1.0.0', resolved: `${url}#${sha}` } };
  return {
    'package.json': { ...root, scripts: { test: 'x' } },
    'package-lock.json': { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
    '.npmrc': 'git=./evil.sh\n',
    'evil.sh': `#!/bin/sh\necho git >> ${fired}\nexec git "$@"\n`,
  };
}

/** Path -> content of every file outside node_modules. */
async function snapshot(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter((file) => !file.includes('node_modules')).sort();
  return new Map(await Promise.all(own.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
}
