import { describe, expect, it } from 'vitest';
import type { Check, Toolchain } from '../../src/core/check.js';
import { narrowToolchain } from '../../src/core/narrow.js';

const check = (name: string, more: Partial<Check> = {}): Check => ({
  name,
  kind: 'test',
  run: `run ${name}`,
  reads: 'exit-code',
  because: 'the test',
  ...more,
});
const of = (kind: Check['kind'], folder: string): Check => check(`${kind} ${folder}`, { kind, package: folder });
const FOLDERS = ['base', 'ui', 'app', 'tool'];
const workspace = {
  because: 'the test',
  packages: [
    { folder: 'base', name: 'base', dependsOn: [] },
    { folder: 'ui', name: 'ui', dependsOn: ['base'] },
    { folder: 'app', name: 'app', dependsOn: ['ui'] },
    { folder: 'tool', name: 'tool', dependsOn: [] },
  ],
};
const toolchain = (...checks: readonly Check[]): Toolchain => ({ checks, install: null, notes: [], workspace });
const names = ({ checks }: Toolchain): readonly string[] => checks.map(({ name }) => name);

describe('the checks that a change calls for', () => {
  it('are those of the packages touched and of what depends on them, and those of the whole project', () => {
    const whole = toolchain(check('lint', { kind: 'lint' }), ...FOLDERS.map((folder) => of('test', folder)));
    const narrow = narrowToolchain(whole, ['ui/src/a.ts']);
    expect(names(narrow)).toEqual(['lint', 'test ui', 'test app']);
    expect(narrow.narrowed).toBe('Checked 2 of 4 packages: ui, and what depends on them: app.');
    expect(narrowToolchain(whole, ['tool/a.ts']).narrowed).toBe('Checked 1 of 4 packages: tool.');
  });

  it('build what the packages are built from too', () => {
    const whole = toolchain(...FOLDERS.map((folder) => of('build', folder)));
    expect(names(narrowToolchain(whole, ['app/a.ts']))).toEqual(['build base', 'build ui', 'build app']);
  });

  it('compile what the packages are compiled from too, where a type-check leaves what they read', () => {
    const compiled = ['base', 'ui'].map((folder): Check => ({ ...of('type-check', folder), emits: true }));
    const [types, tests] = [of('type-check', 'app'), of('test', 'app')];
    expect(names(narrowToolchain(toolchain(...compiled, types, tests), ['app/a.ts']))).toEqual([
      'type-check base',
      'type-check ui',
      'type-check app',
      'test app',
    ]);
    const spread = check('type-check', { kind: 'type-check', spread: [...compiled, types] });
    expect(names(narrowToolchain(toolchain(spread, tests, of('test', 'tool')), ['app/a.ts']))).toHaveLength(4);
  });

  it('stand in for one command of the root; it stays where no package concerned has such a check', () => {
    const spread = [of('test', 'base'), of('test', 'tool')];
    const whole = toolchain(check('test', { spread }));
    expect(names(narrowToolchain(whole, ['tool/a.ts']))).toEqual(['test tool']);
    expect(names(narrowToolchain(whole, ['app/a.ts']))).toEqual(['test']);
  });

  it('are all of them when the root is touched, when nothing is, without a workspace, and when no test would be left', () => {
    const whole = toolchain(...FOLDERS.map((folder) => of('test', folder)));
    expect(narrowToolchain(whole, ['ui/a.ts', 'package.json'])).toBe(whole);
    expect(narrowToolchain(whole, [])).toBe(whole);
    expect(narrowToolchain(whole, ['base/a.ts', 'tool/a.ts'])).toBe(whole);
    const { workspace: _, ...alone } = whole;
    expect(narrowToolchain(alone, ['ui/a.ts'])).toBe(alone);
    const bare = toolchain(of('test', 'base'));
    expect(narrowToolchain(bare, ['tool/a.ts'])).toBe(bare);
    const linted = toolchain(check('lint', { kind: 'lint' }), of('test', 'base'));
    expect(narrowToolchain(linted, ['tool/a.ts'])).toBe(linted);
  });
});
