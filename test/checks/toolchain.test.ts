import { describe, expect, test } from 'vitest';
import { type FolderFacts, toolchainOf, type Wanted } from '../../src/checks/toolchain.js';

const facts = (packageJson: object | null, more: Partial<FolderFacts> = {}): FolderFacts => ({
  names: packageJson ? ['package.json'] : [],
  packageJson: packageJson && JSON.stringify(packageJson),
  prismaSchema: null,
  lockfile: null,
  yarnrc: null,
  inputs: '',
  tsconfig: null,
  workspace: { kind: 'none' },
  git: '/usr/bin/git',
  nodeVersion: 'v24.1.0',
  ...more,
});
const AUTO: Wanted = { checks: 'auto', smoke: [], installScripts: false };
const auto = (packageJson: object | null, more: Partial<FolderFacts> = {}) =>
  toolchainOf(facts(packageJson, more), AUTO);
const rows = (packageJson: object, more: Partial<FolderFacts> = {}) =>
  auto(packageJson, more).checks.map(({ name, run, reads }) => `${name}: ${run} (${reads})`);

describe('checks from package.json', () => {
  test('are its scripts, in the order type-check, lint, build, test, each with the reader of its tool', () => {
    const scripts = {
      test: 'vitest run',
      build: 'vite build',
      lint: 'eslint .',
      'check-types': 'tsc --noEmit',
      start: 'x',
    };
    expect(rows({ scripts })).toEqual([
      'type-check: npm run --silent check-types (tsc)',
      'lint: npm run --silent lint (eslint)',
      'build: npm run --silent build (exit-code)',
      'test: npm run --silent test (vitest)',
    ]);
    expect(auto({ scripts }).checks[0]?.because).toBe('package.json script "check-types"');
  });

  test('that only read the tree say so: no build, no test, nothing that compiles or rewrites', () => {
    const reading = (scripts: object) => auto({ scripts }).checks.flatMap((one) => (one.readsOnly ? [one.name] : []));
    expect(reading({ typecheck: 'tsc --noEmit', lint: 'eslint .', build: 'vite build', test: 'vitest run' })).toEqual([
      'type-check',
      'lint',
    ]);
    expect(reading({ typecheck: 'npm run tsc', tsc: 'npx tsc -p . --noEmit' })).toEqual(['type-check']);
    expect(reading({ typecheck: 'tsc -b', lint: 'npm run build && eslint .', build: 'x' })).toEqual([]);
    expect(reading({ typecheck: 'svelte-kit sync && svelte-check' })).toEqual([]);
    expect(reading({ pretypecheck: 'make-types generate', typecheck: 'tsc --noEmit' })).toEqual([]);
    expect(reading({ lint: 'npm run types && eslint .', types: 'graphql-codegen' })).toEqual([]);
  });

  test('that compile leave files which later checks may run, unless the compiler is told not to write', () => {
    const emitting = (typecheck: string, tsconfig: string | null = null) =>
      auto({ scripts: { typecheck } }, { tsconfig }).checks.flatMap((one) => (one.emits ? [one.run] : []));
    const silent = '{ "compilerOptions": { "noEmit": true } }';
    for (const writes of [
      'tsc',
      'vue-tsc -p app',
      'tsc --noEmit && npx tsc',
      'tsc --noEmit false',
      'tsc --noEmitOnError',
    ])
      expect(emitting(writes)).toEqual(['npm run --silent typecheck']);
    for (const reads of ['tsc --noEmit', 'node_modules/.bin/tsgo --noEmit', 'vue-tsc --noEmit true', 'tsc-check.sh'])
      expect(emitting(reads)).toEqual([]);
    expect(emitting('tsc', silent)).toEqual([]);
    expect(emitting('tsc -p other', silent)).toHaveLength(1);
    expect(emitting('tsc', '{ "compilerOptions": {\n // "noEmit": true,\n } }')).toHaveLength(1);
  });

  test.each([
    ['jest --ci', 'jest'],
    ['mocha', 'mocha'],
    ['node --import tsx --test test/', 'node-test'],
    ['npm run test:unit', 'vitest'],
    ['npm run build && yarn test:unit --run', 'vitest'],
    ['npm run test', 'exit-code'],
    ['make check', 'exit-code'],
  ])('read `%s` as %s', (test_, reads) => {
    expect(rows({ scripts: { test: test_, 'test:unit': 'vitest run' } })).toEqual([
      `test: npm run --silent test (${reads})`,
    ]);
  });

  test.each([
    ['pnpm-lock.yaml', 'pnpm --silent run test'],
    ['yarn.lock', 'yarn run test'],
    ['bun.lock', 'bun run --silent test'],
    ['package-lock.json', 'npm run --silent test'],
  ])('are started by the package manager of %s', (lockfile, run) => {
    const names = ['package.json', lockfile];
    expect(auto({ scripts: { test: 'jest' } }, { names }).checks[0]?.run).toBe(run);
  });

  test('do not include the placeholder of npm init, or a script that rewrites files', () => {
    const { checks, notes } = auto({
      scripts: { test: 'echo "Error: no test specified" && exit 1', lint: 'eslint --fix .' },
    });
    expect(checks).toEqual([]);
    expect(notes.join('\n')).toMatch(/"lint" rewrites files[\s\S]*"test" is the placeholder/);
  });

  test('include the compiler when no script calls it and typescript is a dependency', () => {
    const names = ['package.json', 'tsconfig.json'];
    const devDependencies = { typescript: '^5.0.0' };
    expect(rows({ devDependencies }, { names })).toEqual(['type-check: npx --no-install tsc --noEmit (tsc)']);
    expect(rows({ devDependencies, scripts: { types: 'tsc' } }, { names })).toEqual([
      'type-check: npm run --silent types (tsc)',
    ]);
    expect(rows({ devDependencies })).toEqual([]);
    expect(auto({}, { names }).notes[0]).toMatch(/typescript is no dependency/);
  });

  test('do not exist without a package.json, and a note says what to do', () => {
    const none = auto(null);
    expect(none).toMatchObject({ checks: [], install: null });
    expect(none.notes).toEqual([expect.stringMatching(/no package\.json.*"validate\.checks"/)]);
    const broken = toolchainOf({ ...facts({}), packageJson: '{ nonsense' }, AUTO);
    expect(broken.notes[0]).toMatch(/not a JSON object/);
  });

  test('survive a package.json whose fields have the wrong types', () => {
    expect(auto({ scripts: ['x'], dependencies: null, workspaces: 7, devDependencies: 'y' }).checks).toEqual([]);
  });
});

describe('checks from the configuration', () => {
  test('replace the detected ones, with their kind from reader and name', () => {
    const listed = [
      { name: 'unit', run: 'npm run unit' },
      { name: 'types', run: 'make types', reads: 'tsc' },
      { name: 'rust', run: 'cargo test', reads: 'junit:out/report.xml' },
      { name: 'Build', run: 'make' },
      { name: 'licences', run: 'make licences' },
    ] as const;
    const project = facts({ scripts: { lint: 'eslint .', unit: 'jest' } });
    const { checks } = toolchainOf(project, { ...AUTO, checks: listed });
    expect(checks.map(({ name, kind, reads }) => [name, kind, reads])).toEqual([
      ['unit', 'other', 'jest'],
      ['types', 'type-check', 'tsc'],
      ['rust', 'test', 'junit:out/report.xml'],
      ['Build', 'build', 'exit-code'],
      ['licences', 'other', 'exit-code'],
    ]);
  });

  test('work without a package.json, and an empty list is none', () => {
    const listed = [{ name: 'test', run: 'make test' }];
    expect(toolchainOf(facts(null), { ...AUTO, checks: listed })).toMatchObject({
      checks: [{ kind: 'test' }],
      notes: [],
    });
    expect(toolchainOf(facts({ scripts: { test: 'jest' } }), { ...AUTO, checks: [] })).toMatchObject({
      checks: [],
      install: null,
    });
  });
});

describe('the install', () => {
  const project = { scripts: { test: 'jest' }, dependencies: { a: '1' } };
  const locked = { names: ['package.json', 'package-lock.json'], lockfile: '{}' };
  const FLAGS =
    '--ignore-scripts --no-audit --no-fund --prefer-offline --git=/usr/bin/git --node-options= --script-shell=/bin/sh';

  test('has the flags that beat a hostile .npmrc', () => {
    expect(auto(project, locked).install?.command).toBe(`npm ci ${FLAGS}`);
    expect(auto(project).install?.command).toBe(`npm install --no-package-lock ${FLAGS}`);
  });

  test.each([
    ['pnpm-lock.yaml', /pnpm install --frozen-lockfile --ignore-scripts --ignore-pnpmfile /],
    ['yarn.lock', /yarn install --frozen-lockfile --ignore-scripts /],
    ['bun.lock', /^bun install --config=\/dev\/null --frozen-lockfile --ignore-scripts$/],
  ])('of %s keeps to the lockfile and runs no script', (lockfile, command) => {
    expect(auto(project, { names: ['package.json', lockfile], lockfile: '' }).install?.command).toMatch(command);
  });

  test('is not there without dependencies or without checks', () => {
    expect(auto({ scripts: { test: 'jest' } }, locked).install).toBeNull();
    expect(auto({ dependencies: { a: '1' } }, locked).install).toBeNull();
    expect(auto({ scripts: { test: 'jest' }, workspaces: ['packages/*'] }, locked).install).not.toBeNull();
  });

  test('has a key that follows lockfile, dependencies, package manager and major version of Node, and nothing else', () => {
    const key = (packageJson: object, more: Partial<FolderFacts> = {}) =>
      auto(packageJson, { ...locked, ...more }).install?.key;
    const base = key(project);
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    expect(key({ ...project, version: '2', scripts: { test: 'jest --ci' } }, { nodeVersion: 'v24.9.0' })).toBe(base);
    const others = [
      key(project, { lockfile: '{ }' }),
      key({ ...project, dependencies: { a: '2' } }),
      key(project, { nodeVersion: 'v22.1.0' }),
      key(project, { names: ['package.json', 'pnpm-lock.yaml'] }),
    ];
    expect(new Set([base, ...others]).size).toBe(5);
  });
});
