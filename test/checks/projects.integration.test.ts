import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckOutcome } from '../../src/core/check.js';
import { focusOn } from '../../src/core/focus.js';
import type { ChecksPort } from '../../src/core/ports.js';
import { type Files, makeChecks, makeProject, never, running } from './project.js';

/** A lockfile of the real packages, without addresses: they come from the registry that npm is set up with. */
const lockfile = (name: string): string => readFileSync(new URL(`./lockfiles/${name}.txt`, import.meta.url), 'utf8');

/** Installs a project for real and runs its checks in order; all of them, whatever they come to. */
async function checkProject(files: Files) {
  const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
  const installed = await checks.install(folder, await checks.detect(folder), never());
  return { checks, folder, installed, run: () => runAll(checks, folder) };
}

async function runAll(checks: ChecksPort, folder: string): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const check of (await checks.detect(folder)).checks) outcomes.push(await checks.run(folder, check, never()));
  return outcomes;
}

const ADD = 'exports.add = (one, other) => one + other;\n';
const SUBTRACT = 'exports.add = (one, other) => one - other;\n';

interface Fixture {
  readonly name: string;
  readonly files: Files;
  /** A file, and what it holds when a test is to fail. */
  readonly broken: readonly [string, string];
  readonly failure: object;
  readonly tests: object;
}

const manifest = (test: string, devDependencies: object): object => ({
  name: 'app',
  version: '1.0.0',
  private: true,
  scripts: { test },
  devDependencies,
});

const FIXTURES: readonly Fixture[] = [
  {
    name: 'npm with vitest',
    files: {
      'package.json': manifest('vitest run', { vitest: '4.1.12' }),
      'package-lock.json': lockfile('vitest'),
      'src/add.js': ADD,
      'test/add.test.js': `import { expect, test } from 'vitest';\nimport { add } from '../src/add.js';\ntest('adds', () => { expect(add(2, 3)).toBe(5); });\ntest('adds nothing', () => { expect(add(2, 0)).toBe(2); });\n`,
      'test/other.test.js': `import { test } from 'vitest';\ntest('is something else', () => {});\n`,
    },
    broken: ['src/add.js', SUBTRACT],
    failure: { check: 'test', name: 'adds', file: 'test/add.test.js', message: expect.stringContaining('expected -1') },
    tests: { passed: 2, failed: 1 },
  },
  {
    name: 'npm with jest',
    files: {
      'package.json': manifest('jest', { jest: '29.7.0' }),
      'package-lock.json': lockfile('jest'),
      'src/add.js': ADD,
      'test/add.test.js': `const { add } = require('../src/add');\ntest('adds', () => { expect(add(2, 3)).toBe(5); });\ntest('adds nothing', () => { expect(add(2, 0)).toBe(2); });\n`,
      'test/other.test.js': `test('is something else', () => {});\n`,
    },
    broken: ['src/add.js', SUBTRACT],
    failure: { check: 'test', name: 'adds', file: 'test/add.test.js', message: expect.stringContaining('toBe') },
    tests: { passed: 2, failed: 1 },
  },
  {
    name: "Node's own test runner",
    files: {
      'package.json': manifest('node --test', {}),
      'src/add.js': ADD,
      'test/add.test.js': `const test = require('node:test');\nconst assert = require('node:assert');\nconst { add } = require('../src/add');\ntest('adds', () => assert.equal(add(2, 3), 5));\ntest('adds nothing', () => assert.equal(add(2, 0), 2));\n`,
      'test/other.test.js': `require('node:test')('is something else', () => {});\n`,
    },
    broken: ['src/add.js', SUBTRACT],
    failure: { check: 'test', name: 'adds', file: 'test/add.test.js', message: expect.stringContaining('-1') },
    tests: { passed: 2, failed: 1 },
  },
];

describe.each(FIXTURES)('a project of $name', ({ files, broken, failure, tests }) => {
  test('is installed, passes, shows the one test that breaks by file, name and message, and runs its file alone', async () => {
    const { checks, folder, installed, run } = await checkProject(files);
    expect(installed.ran).toBe('package-lock.json' in files);
    expect(await run()).toMatchObject([{ check: 'test', status: 'passed', failures: [], tests: { passed: 3 } }]);
    await writeFile(join(folder, broken[0]), broken[1]);
    const outcomes = await run();
    expect(outcomes).toMatchObject([{ check: 'test', status: 'failed', failures: [failure], tests }]);
    const [check] = (await checks.detect(folder)).checks;
    const focused = check && focusOn(check, outcomes[0]?.failures ?? []);
    const alone = focused && (await checks.run(folder, focused, never()));
    expect(alone).toMatchObject({
      check: 'test',
      status: 'failed',
      failures: [failure],
      tests: { passed: 1, failed: 1 },
    });
  });
});

const SCHEMA = (type: string): string => `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model User {
  id    Int    @id @default(autoincrement())
  email ${type} @unique
}
`;

test("a project with a Prisma schema has it validated by Prisma itself, without an engine, a database or the user's settings", async () => {
  const { folder, installed, run } = await checkProject({
    'package.json': { name: 'app', version: '1.0.0', private: true, devDependencies: { prisma: '6.19.3' } },
    'package-lock.json': lockfile('prisma'),
    'prisma/schema.prisma': SCHEMA('String'),
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/20250101000000_users/migration.sql':
      'CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "email" TEXT NOT NULL UNIQUE);\n',
  });
  expect(installed.ran).toBe(true);
  expect(await run()).toMatchObject([{ check: 'prisma', status: 'passed', failures: [] }]);
  await writeFile(join(folder, 'prisma/schema.prisma'), SCHEMA('Strin'));
  const unknown = 'Type "Strin" is neither a built-in type, nor refers to another model, composite type, or enum.';
  const failure = { check: 'prisma', name: 'P1012', file: 'prisma/schema.prisma', message: unknown };
  const [found] = await run();
  expect(found).toMatchObject({ status: 'failed', failures: [failure] });
  expect(found?.output).toContain('-->  prisma/schema.prisma:8');
  // Settings of Prisma's own that name another place, and stop without a variable.
  await mkdir(join(folder, 'db'));
  await writeFile(join(folder, 'db/schema.prisma'), SCHEMA('Int'));
  await writeFile(
    join(folder, 'prisma.config.ts'),
    "import { defineConfig, env } from 'prisma/config';\nexport default defineConfig({ schema: 'db/schema.prisma', datasource: { url: env('OTHER') } });\n",
  );
  expect(await run()).toMatchObject([{ check: 'prisma', status: 'passed', failures: [] }]);
});

/** A package of a workspace, with one test. */
const member = (name: string, dependencies: object, body: string, target: string): Files => ({
  [`packages/${name}/package.json`]: {
    ...{ name, version: '1.0.0', main: 'index.js', scripts: { test: 'node --test' }, dependencies },
  },
  [`packages/${name}/index.js`]: body,
  [`packages/${name}/${name}.test.js`]: `require('node:test')('${name} adds', () => require('node:assert').equal(require('${target}').add(2, 3), 5));\n`,
});

test('a workspace with Turborepo has each package checked by it, and no daemon stays', async () => {
  const { folder, run } = await checkProject({
    'package.json': {
      ...manifest('turbo run test', { turbo: '2.11.11' }),
      ...{ packageManager: 'npm@11.0.0', workspaces: ['packages/*'] },
    },
    'turbo.json': { tasks: { test: {} } },
    ...member('base', {}, ADD, './index.js'),
    ...member('top', { base: '1.0.0' }, '', 'base'),
  });
  const both = ['test packages/base', 'test packages/top'];
  expect(await run()).toMatchObject(
    both.map((check) => ({ check, status: 'passed', tests: { passed: 1, failed: 0 } })),
  );
  await writeFile(join(folder, 'packages/base/index.js'), SUBTRACT);
  expect(await run()).toMatchObject(
    ['base', 'top'].map((name) => ({
      status: 'failed',
      failures: [{ name: `${name} adds`, file: `packages/${name}/${name}.test.js` }],
    })),
  );
  expect(running(folder)).toEqual([]);
});

test('a project of any other kind is checked by the commands that the configuration lists', async () => {
  const checks = await makeChecks({ checks: [{ name: 'test', run: 'make -s test', reads: 'junit:out/report.xml' }] });
  const report = (failure: string) =>
    `<testsuite><testcase name="adds" file="src/add.c">${failure}</testcase></testsuite>\n`;
  const folder = await makeProject({
    Makefile: 'test:\n\tmkdir -p out && cp report.xml out/report.xml && ! grep -q failure report.xml\n',
    'report.xml': report(''),
  });
  expect(await checks.detect(folder)).toMatchObject({ install: null, checks: [{ kind: 'test' }] });
  expect(await runAll(checks, folder)).toMatchObject([{ status: 'passed', tests: { passed: 1, failed: 0 } }]);
  await writeFile(join(folder, 'report.xml'), report('<failure message="5 is not 6"/>'));
  expect(await runAll(checks, folder)).toMatchObject([
    { status: 'failed', failures: [{ name: 'adds', file: 'src/add.c', message: '5 is not 6' }] },
  ]);
});
