import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Family, makeFamily, rowOf, standingsOf } from '../support/family.js';
import { pathWith } from '../support/packageManagers.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const MEMBERS = ['base', 'ui', 'app', 'tool'] as const;
/** app depends on ui, and ui on base. */
const NEEDS: Readonly<Record<string, string>> = { ui: 'base', app: 'ui' };

const TEST = `const test = require('node:test');
const assert = require('node:assert');
const { value } = require('../index.js');
test('is whole', () => assert.equal(value, 'whole'));
`;

function packageFiles(name: string, range: string): Readonly<Record<string, string>> {
  const need = NEEDS[name];
  const manifest = {
    name,
    version: '1.0.0',
    scripts: { test: 'node --test' },
    ...(need === undefined ? {} : { dependencies: { [need]: range } }),
  };
  const index = need === undefined ? `exports.value = 'whole';\n` : `exports.value = require('${need}').value;\n`;
  return {
    [`packages/${name}/package.json`]: JSON.stringify(manifest),
    [`packages/${name}/index.js`]: index,
    [`packages/${name}/test/whole.test.js`]: TEST,
  };
}

const packages = (range: string) => Object.assign({}, ...MEMBERS.map((name) => packageFiles(name, range)));

const NPM_LOCK = {
  name: 'root',
  lockfileVersion: 3,
  requires: true,
  packages: Object.assign(
    { '': { name: 'root', workspaces: ['packages/*'] } },
    ...MEMBERS.map((name) => ({
      [`node_modules/${name}`]: { resolved: `packages/${name}`, link: true },
      [`packages/${name}`]: { version: '1.0.0', ...(NEEDS[name] ? { dependencies: { [NEEDS[name]]: '*' } } : {}) },
    })),
  ),
};

const NPM = {
  'package.json': JSON.stringify({
    name: 'root',
    private: true,
    workspaces: ['packages/*'],
    scripts: { test: 'npm test --workspaces' },
  }),
  'package-lock.json': JSON.stringify(NPM_LOCK),
  ...packages('*'),
};

const PNPM = {
  'package.json': JSON.stringify({ name: 'root', private: true, scripts: { test: 'pnpm -r test' } }),
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  'pnpm-lock.yaml': [
    "lockfileVersion: '9.0'\n",
    'settings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\n',
    `importers:\n\n  .: {}\n\n${MEMBERS.map((name) => importer(name)).join('\n')}`,
  ].join('\n'),
  ...packages('workspace:*'),
};

function importer(name: string): string {
  const need = NEEDS[name];
  if (need === undefined) return `  packages/${name}: {}\n`;
  return `  packages/${name}:\n    dependencies:\n      ${need}:\n        specifier: workspace:*\n        version: link:../${need}\n`;
}

/** Checks that ran, in order: the log of the engine's progress, without those that were remembered. */
async function checksOf(family: Family): Promise<{
  readonly report: Awaited<ReturnType<Family['sync']>>;
  readonly ran: readonly string[];
  /** How often each of them was started. */
  readonly times: (name: string) => number;
}> {
  const ran: string[] = [];
  const engine = family.engine({
    progress: ({ phase, doing }) => {
      if (phase === 'validate' && / on /.test(doing) && !/remembered|: /.test(doing))
        ran.push(doing.split(' on ')[0] ?? '');
    },
  });
  const report = await engine.sync({ dryRun: false, signal: new AbortController().signal });
  return { report, ran: [...new Set(ran)].sort(), times: (name) => ran.filter((one) => one === name).length };
}

function workspaceFamily(files: Readonly<Record<string, string>>): Family {
  const family = makeFamily(['acme'], { ...files, '.gitignore': 'node_modules\n' });
  family.configure({ validate: { checks: 'auto' } });
  return family;
}

describe.each([
  { manager: 'npm', files: NPM },
  { manager: 'pnpm', files: PNPM },
] as const)('a workspace of $manager', ({ manager, files }) => {
  it('has the touched package and what depends on it checked, and the pick that breaks one of them is rejected with its test', async () => {
    if (manager === 'pnpm') vi.stubEnv('PATH', pathWith('pnpm'));
    const family = workspaceFamily(files);
    const acme = family.sibling('acme');
    const good = family.commit(acme, 'fix: a word on ui', { 'packages/ui/notes.txt': 'good\n' });
    const bad = family.commit(acme, 'fix: ui by itself', { 'packages/ui/index.js': `exports.value = 'broken';\n` });
    const { report, times } = await checksOf(family);
    expect(standingsOf(report, [good, bad])).toEqual(['landed', 'rejected']);
    expect(rowOf(report, bad).evidence).toMatchObject({
      failures: [{ check: 'test packages/ui', name: 'is whole', file: 'packages/ui/test/whole.test.js' }],
    });
    expect(times('test packages/ui')).toBeGreaterThan(2);
    // The others once on the target, and once on what merges by itself.
    expect([times('test packages/base'), times('test packages/tool')]).toEqual([2, 2]);
    expect(report.notes.join()).toContain(
      'Checked 2 of 4 packages: packages/ui, and what depends on them: packages/app.',
    );
  });
});

describe('a workspace', () => {
  it('merges nothing by itself that breaks a package which needs another without saying so', async () => {
    const hidden = `${TEST}test('is told', () => assert.equal(require('../../ui/extra.js').extra, 'extra'));\n`;
    const files = { 'packages/ui/extra.js': `exports.extra = 'extra';\n`, 'packages/tool/test/whole.test.js': hidden };
    const family = workspaceFamily({ ...NPM, ...files });
    const acme = family.sibling('acme');
    const good = family.commit(acme, 'fix: a word on ui', { 'packages/ui/notes.txt': 'good\n' });
    const bad = family.commit(acme, 'fix: another extra', { 'packages/ui/extra.js': `exports.extra = 'other';\n` });
    const { report } = await checksOf(family);
    expect(standingsOf(report, [good, bad])).toEqual(['landed', 'rejected']);
    expect(rowOf(report, bad).evidence).toMatchObject({ failures: [{ check: 'test packages/tool', name: 'is told' }] });
  });

  it('has every package checked when a commit touches what may matter to all, and each only once on the same tree', async () => {
    const family = workspaceFamily(NPM);
    const acme = family.sibling('acme');
    family.commit(acme, 'feat!: for all', { 'tsconfig.json': '{}\n' });
    const first = await checksOf(family);
    expect(first.ran).toEqual(['app', 'base', 'tool', 'ui'].map((name) => `test packages/${name}`));
    expect((await checksOf(family)).ran).toEqual([]);
  });

  it('that is red in one package counts a new failure of the same name in another', async () => {
    const family = workspaceFamily({ ...NPM, 'packages/ui/index.js': `exports.value = 'red';\n` });
    const bad = family.commit(family.sibling('acme'), 'fix: base', {
      'packages/base/index.js': `exports.value = 'broken';\n`,
    });
    const { report } = await checksOf(family);
    expect(rowOf(report, bad)).toMatchObject({
      standing: 'rejected',
      evidence: { failures: [{ check: 'test packages/base', file: 'packages/base/test/whole.test.js' }] },
    });
    expect(readFileSync(join(family.target, 'packages/base/index.js'), 'utf8')).toContain('whole');
  });
});
