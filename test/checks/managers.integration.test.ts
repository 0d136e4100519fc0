import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pathWith } from '../support/packageManagers.js';
import { type Files, makeChecks, makeProject, never, temporaryFolder } from './project.js';

const exec = promisify(execFile);

afterEach(() => {
  vi.unstubAllEnvs();
});

const writes = (fired: string, word: string): string =>
  `require('node:fs').appendFileSync(${JSON.stringify(fired)}, '${word}\\n');`;

/** A project that depends on a folder of its own, so that nothing is downloaded. */
const project = (fired: string, more: Files): Files => ({
  'package.json': {
    name: 'app',
    version: '1.0.0',
    license: 'MIT',
    scripts: { test: 'node -e "require(\'local\')"', postinstall: `echo postinstall >> ${fired}` },
    dependencies: { local: 'file:./local' },
  },
  'local/package.json': { name: 'local', version: '1.0.0' },
  'local/index.js': '',
  ...more,
});

/** Ways in which a project names a program that a package manager would start, and what that writes when it does. */
const ATTACKS = [
  {
    manager: 'pnpm',
    settings: (fired: string): Files => ({
      '.pnpmfile.cjs': `${writes(fired, 'pnpmfile')} module.exports = {};`,
    }),
    words: ['pnpmfile', 'postinstall'],
  },
  {
    manager: 'yarn',
    settings: (fired: string): Files => ({
      '.yarnrc': 'yarn-path "./evil.cjs"\n',
      'evil.cjs': writes(fired, 'yarn-path'),
    }),
    words: ['yarn-path'],
  },
  {
    manager: 'yarn-berry',
    settings: (fired: string): Files => ({
      '.yarnrc.yml': 'nodeLinker: node-modules\nenableTelemetry: false\nplugins:\n  - ./evil.cjs\n',
      'evil.cjs': `module.exports = { name: 'evil', factory() { ${writes(fired, 'plugin')} return {}; } };`,
    }),
    words: ['plugin', 'postinstall'],
  },
] as const;

const HARMLESS: Files = { '.yarnrc.yml': 'nodeLinker: node-modules\nenableTelemetry: false\n' };
const LOCK = {
  pnpm: ['install', '--lockfile-only', '--ignore-scripts'],
  yarn: ['install', '--ignore-scripts', '--non-interactive'],
  'yarn-berry': ['install', '--mode=skip-build'],
} as const;

/** With this, Yarn 2 and later make a lockfile also where continuous integration runs these tests. */
const MAKES_LOCKFILES = { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' };

/** The project with the lockfile that the manager itself makes of it. */
async function lockedProject(manager: keyof typeof LOCK, fired: string, settings: Files): Promise<string> {
  const harmless = manager === 'yarn-berry' ? { ...HARMLESS, 'yarn.lock': '' } : {};
  const folder = await makeProject(project(fired, harmless));
  const program = manager === 'pnpm' ? 'pnpm' : 'yarn';
  await exec(program, LOCK[manager], { cwd: folder, env: { ...process.env, ...MAKES_LOCKFILES } });
  await rm(join(folder, 'node_modules'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(settings)) await writeFile(join(folder, path), String(text));
  return folder;
}

describe.each(ATTACKS)('a project of $manager', ({ manager, settings, words }) => {
  test('is installed by its own package manager, starts none of the programs that it names, and can be checked', async () => {
    vi.stubEnv('PATH', pathWith(manager));
    const fired = join(await temporaryFolder(), 'fired');
    const folder = await lockedProject(manager, fired, settings(fired));
    const checks = await makeChecks();
    const toolchain = await checks.detect(folder);
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: true });
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(join(folder, 'node_modules'))).toContain('local');
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: false });
    if (manager === 'yarn-berry') await writeFile(join(folder, '.yarnrc.yml'), String(HARMLESS['.yarnrc.yml']));
    const [check] = toolchain.checks;
    expect(check && (await checks.run(folder, check, never()))).toMatchObject({ status: 'passed' });
  });

  test('would start them by a plain install (positive control)', async () => {
    vi.stubEnv('PATH', pathWith(manager));
    const fired = join(await temporaryFolder(), 'fired');
    const folder = await lockedProject(manager, fired, settings(fired));
    const env = { ...process.env, ...MAKES_LOCKFILES };
    await exec(manager === 'pnpm' ? 'pnpm' : 'yarn', ['install'], { cwd: folder, env }).catch(() => undefined);
    const started = await readFile(fired, 'utf8');
    for (const word of words) expect(started).toContain(word);
  });
});

test('install scripts run when the configuration turns them on, and still no program of a settings file', async () => {
  vi.stubEnv('PATH', pathWith('pnpm'));
  const fired = join(await temporaryFolder(), 'fired');
  const folder = await lockedProject('pnpm', fired, ATTACKS[0].settings(fired));
  const elsewhere = join(folder, 'fired');
  const text = (await readFile(join(folder, 'package.json'), 'utf8')).replaceAll(`>> ${fired}`, `>> ${elsewhere}`);
  await writeFile(join(folder, 'package.json'), text);
  const checks = await makeChecks({ installScripts: true });
  await checks.install(folder, await checks.detect(folder), never());
  expect(await readFile(elsewhere, 'utf8')).toBe('postinstall\n');
  await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the version of pnpm that package.json names is not brought', async () => {
  vi.stubEnv('PATH', pathWith('pnpm'));
  const fired = join(await temporaryFolder(), 'fired');
  const folder = await lockedProject('pnpm', fired, {});
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as object;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, packageManager: 'pnpm@9.1.0' }));
  const checks = await makeChecks();
  const toolchain = await checks.detect(folder);
  expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: true });
  const [check] = toolchain.checks;
  expect(check && (await checks.run(folder, check, never()))).toMatchObject({ status: 'passed' });
});

test("Yarn's Plug'n'Play has what it installed also after its home folder is gone", async () => {
  vi.stubEnv('PATH', pathWith('yarn-berry'));
  const fired = join(await temporaryFolder(), 'fired');
  const pnp = 'nodeLinker: pnp\nenableTelemetry: false\n';
  const folder = await lockedProject('yarn-berry', fired, { '.yarnrc.yml': pnp });
  const checks = await makeChecks();
  const toolchain = await checks.detect(folder);
  await checks.install(folder, toolchain, never());
  expect(await readdir(folder)).toContain('.pnp.cjs');
  const [check] = toolchain.checks;
  expect(check && (await checks.run(folder, check, never()))).toMatchObject({ status: 'passed' });
});

describe('a lockfile in an older format than the Yarn of this machine writes', () => {
  const older = async () => {
    vi.stubEnv('PATH', pathWith('yarn-berry'));
    const fired = join(await temporaryFolder(), 'fired');
    const folder = await lockedProject('yarn-berry', fired, ATTACKS[2].settings(fired));
    const lockfile = join(folder, 'yarn.lock');
    const text = (await readFile(lockfile, 'utf8')).replace(/^ {2}version: \d+$/m, '  version: 8');
    await writeFile(lockfile, text);
    return { folder, fired, text, lockfile, checks: await makeChecks() };
  };

  test('is installed from all the same, left as it was, and starts no program either', async () => {
    const { folder, fired, text, lockfile, checks } = await older();
    const before = await readdir(folder);
    expect(await checks.install(folder, await checks.detect(folder), never())).toMatchObject({ ran: true });
    expect(await readdir(join(folder, 'node_modules'))).toContain('local');
    expect(await readFile(lockfile, 'utf8')).toBe(text);
    expect((await readdir(folder)).filter((name) => !before.includes(name))).toEqual(['node_modules']);
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('is refused where it does not lock what package.json asks for, and left as it was', async () => {
    const { folder, text, lockfile, checks } = await older();
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as object;
    const dependencies = { local: 'file:./local', more: 'file:./local' };
    await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    await expect(checks.install(folder, await checks.detect(folder), never())).rejects.toMatchObject({
      code: 'check-setup',
      message: expect.stringContaining('YN0028'),
    });
    expect(await readFile(lockfile, 'utf8')).toBe(text);
  });

  test('is not made anew in the newer one, which the project may not be able to read', async () => {
    const { folder, checks } = await older();
    expect(await checks.relock(folder, 'yarn.lock', never())).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/writes lockfiles in format \d+, and that of the project is in format 8/),
    });
  });
});

test('a package manager that is not there is named, with why it is needed, and none is downloaded', async () => {
  const folder = await makeProject({
    'package.json': { name: 'app', scripts: { test: 'true' }, dependencies: { local: 'file:local' } },
    'bun.lock': '{}',
  });
  vi.stubEnv('PATH', '/usr/bin:/bin');
  const checks = await makeChecks();
  const toolchain = await checks.detect(folder);
  expect(toolchain.notes.join()).toMatch(/bun is not on the search path/);
  await expect(checks.install(folder, toolchain, never())).rejects.toMatchObject({
    code: 'check-setup',
    message: expect.stringMatching(/bun was not found on the search path[\s\S]*Install bun, .*bun\.lock \(bun\)/),
  });
});
