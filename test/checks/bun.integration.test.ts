import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder as lastingFolder } from '../support/temporaryFolder.js';
import { type Files, makeChecks, makeProject, never, temporaryFolder } from './project.js';

const exec = promisify(execFile);

/** The folder of Bun's program, for these tests alone: it is too big to be a dependency of this project. */
let programs = '';

beforeAll(async () => {
  const home = lastingFolder();
  await writeFile(join(home, 'package.json'), '{}');
  await exec('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', 'bun@1.4.5'], { cwd: home });
  // What npm links is a stand-in until Bun's own install script has run.
  const builds = join(home, 'node_modules/@oven');
  const [build = ''] = await readdir(builds);
  programs = join(builds, build, 'bin');
});

beforeEach(() => {
  vi.stubEnv('PATH', [programs, process.env['PATH']].join(delimiter));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const appends = (fired: string, word: string): string =>
  `require('node:fs').appendFileSync(${JSON.stringify(fired)}, '${word}\\n');`;

/** A workspace that names programs in every way that Bun starts them, with the lockfile that Bun makes of it. */
async function lockedWorkspace(fired: string): Promise<string> {
  const scripts = { preinstall: `echo preinstall >>${fired}`, postinstall: `echo postinstall >>${fired}` };
  const test = `import { expect, test } from 'bun:test';\nimport { add } from 'base';\ntest('adds', () => expect(add(2, 3)).toBe(5));\n`;
  const files: Files = {
    'package.json': {
      ...{ name: 'app', version: '1.0.0', private: true, workspaces: ['packages/*'] },
      scripts: { ...scripts, test: "bun run --filter '*' test" },
    },
    'packages/base/package.json': { name: 'base', version: '1.0.0', main: 'index.js' },
    'packages/base/index.js': 'export const add = (one, other) => one + other;\n',
    'packages/top/package.json': {
      ...{ name: 'top', version: '1.0.0', scripts: { test: 'bun test' } },
      dependencies: { base: 'workspace:*' },
    },
    'packages/top/top.test.js': test,
    'preload.js': appends(fired, 'preload'),
    'scanner.js': `${appends(fired, 'scanner')} export const scanner = { version: '1', scan: async () => [] };`,
  };
  const folder = await makeProject(files);
  await exec('bun', ['install', '--lockfile-only', '--ignore-scripts'], { cwd: folder });
  const settings = 'preload = ["./preload.js"]\n[install.security]\nscanner = "./scanner.js"\n';
  await writeFile(join(folder, 'bunfig.toml'), settings);
  return folder;
}

async function scene() {
  const fired = join(await temporaryFolder(), 'fired');
  return { fired, folder: await lockedWorkspace(fired), checks: await makeChecks() };
}

describe('a workspace of Bun', () => {
  test('would start what its settings and scripts name by a plain install (positive control)', async () => {
    const { fired, folder } = await scene();
    await exec('bun', ['install', '--frozen-lockfile'], { cwd: folder });
    const words = new Set((await readFile(fired, 'utf8')).trim().split('\n'));
    expect([...words].sort()).toEqual(['postinstall', 'preinstall', 'preload', 'scanner']);
  });

  test('is installed by Bun, starts none of them, and has its packages checked one by one', async () => {
    const { fired, folder, checks } = await scene();
    const toolchain = await checks.detect(folder);
    expect(toolchain.checks.map(({ name }) => name)).toEqual(['test packages/top']);
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: true });
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await checks.install(folder, toolchain, never())).toMatchObject({ ran: false });
    expect(await checks.isAsInstalled(folder)).toBe(true);
    await rm(join(folder, 'bunfig.toml'));
    const [check] = toolchain.checks;
    const run = () => check && checks.run(folder, check, never());
    expect(await run()).toMatchObject({ status: 'passed' });
    await writeFile(join(folder, 'packages/base/index.js'), 'export const add = (one, other) => one - other;\n');
    expect(await run()).toMatchObject({ status: 'failed', output: expect.stringContaining('(fail) adds') });
  });

  test('is not installed from a lockfile that lacks something; the lockfile is made anew, and nothing is started', async () => {
    const { fired, folder, checks } = await scene();
    const top = join(folder, 'packages/top/package.json');
    await writeFile(top, (await readFile(top, 'utf8')).replace('"top"', '"other"'));
    await expect(checks.install(folder, await checks.detect(folder), never())).rejects.toMatchObject({
      code: 'check-setup',
      message: expect.stringContaining('lockfile is frozen'),
    });
    const made = await checks.relock(folder, 'bun.lock', never());
    if (made.kind === 'failed') throw new Error(made.why);
    expect(Buffer.from(made.content).toString('utf8')).toContain('"other@workspace:packages/top"');
    await expect(stat(fired)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
