import { describe, expect, test } from 'vitest';
import { toolchainOf } from '../../src/checks/toolchain.js';

type Manifest = Readonly<Record<string, unknown>>;

const member = (folder: string, manifest: Manifest, project: Manifest | null = null) => ({
  folder,
  packageJson: JSON.stringify({ name: folder.split('/').at(-1), ...manifest }),
  projectJson: project && JSON.stringify(project),
  tsconfig: null,
});
const MEMBERS = [
  member('packages/app', { scripts: { test: 'vitest run' }, dependencies: { ui: '*', left: '1' } }),
  member('packages/ui', { scripts: { test: 'mocha', lint: 'biome check' }, peerDependencies: { base: '*' } }),
  member('packages/base', { scripts: { test: 'Error: no test specified' } }, { name: 'base-project' }),
];

const detected = (root: Manifest, names: readonly string[] = ['package-lock.json'], members = MEMBERS) =>
  toolchainOf(
    {
      names: ['package.json', ...names],
      packageJson: JSON.stringify(root),
      prismaSchema: null,
      lockfile: '',
      yarnrc: null,
      inputs: '',
      tsconfig: null,
      workspace: { kind: 'found', because: '"workspaces" in package.json', members },
      git: null,
      nodeVersion: 'v24.1.0',
    },
    { checks: 'auto', smoke: [], installScripts: false },
  );
const rows = (...asked: Parameters<typeof detected>) =>
  detected(...asked).checks.map(({ name, run, reads, package: folder }) => [name, run, reads, folder ?? null]);

describe('the checks of a workspace', () => {
  test('are those of each package where the script of the root only starts them, dependencies first', () => {
    expect(rows({ scripts: { test: 'npm test --workspaces --if-present', lint: 'eslint .' } })).toEqual([
      ['lint', 'npm run --silent lint', 'eslint', null],
      ['test packages/ui', 'npm run --silent test --workspace=packages/ui', 'mocha', 'packages/ui'],
      ['test packages/app', 'npm run --silent test --workspace=packages/app', 'vitest', 'packages/app'],
    ]);
  });

  test('are those of each package where the root has no script', () => {
    const names = detected({}).checks.map(({ name }) => name);
    expect(names).toEqual(['lint packages/ui', 'test packages/ui', 'test packages/app']);
  });

  test.each([
    ['pnpm -r test', ['pnpm-lock.yaml'], 'pnpm --silent --dir packages/ui run test'],
    ['yarn workspaces run test', ['yarn.lock'], 'yarn --cwd packages/ui run test'],
    ['bun run --workspaces test', ['bun.lock'], 'bun run --silent --cwd=packages/ui test'],
    ['turbo run test', ['package-lock.json'], /^turbo run test --filter=\.\/packages\/ui /],
    ['nx run-many -t test', ['package-lock.json'], /^NX_DAEMON=false NX_NO_CLOUD=true nx run-many -t test -p ui /],
  ])('are started by what `%s` uses', (script, names, run) => {
    const test = rows({ scripts: { test: script } }, names).find(([name]) => name === 'test packages/ui');
    expect(test?.[1]).toMatch(run);
  });

  test("are known to Nx by the name of its project, as one word of the shell's", () => {
    const odd = [member("packages/o'dd", { scripts: { test: 'x' } }, { name: 'a b' })];
    const command = (script: string) => rows({ scripts: { test: script } }, [], odd)[0]?.[1];
    expect(command('nx run-many -t test')).toContain(" -p 'a b' ");
    expect(command('npm test -ws')).toContain(` --workspace='packages/o'\\''dd'`);
  });

  test.each([
    { test: 'vitest run --workspace' },
    { test: 'npm test --workspaces && echo done' },
    { test: 'npm test --workspaces', pretest: 'npm run build' },
  ])('are one where the root does anything else: %j', (scripts) => {
    expect(rows({ scripts })).toContainEqual(['test', 'npm run --silent test', expect.any(String), null]);
  });

  test('are one command for very many packages, which those of some can stand in for', () => {
    const many = Array.from({ length: 21 }, (_unused, at) => member(`p/${at}`, { scripts: { test: 'mocha' } }));
    const [check, ...others] = detected({ scripts: { test: 'npm test -ws' } }, [], many).checks;
    expect(others).toEqual([]);
    expect(check).toMatchObject({ name: 'test', run: 'npm run --silent test' });
    expect(check?.spread).toHaveLength(21);
  });

  test('come with who depends on whom, in any field of package.json', () => {
    expect(detected({}).workspace).toEqual({
      because: '"workspaces" in package.json',
      packages: [
        { folder: 'packages/base', name: 'base', dependsOn: [] },
        { folder: 'packages/ui', name: 'ui', dependsOn: ['packages/base'] },
        { folder: 'packages/app', name: 'app', dependsOn: ['packages/ui'] },
      ],
    });
  });

  test('are installed when only a package has dependencies, and again when these change', () => {
    const install = detected({}).install;
    const other = detected({}, undefined, [
      ...MEMBERS.slice(1),
      member('packages/app', { dependencies: { left: '2' } }),
    ]);
    expect(install?.command).toMatch(/^npm ci/);
    expect(other.install?.key).not.toBe(install?.key);
  });
});
