import { describe, expect, it } from 'vitest';
import { touchedPackages, type Workspace, withDependencies, withDependents } from '../../src/core/workspace.js';

/** app -> ui -> base, and tool by itself; deep stands in a folder of ui's. */
const workspace: Workspace = {
  because: 'the test',
  packages: [
    { folder: 'packages/base', name: 'base', dependsOn: [] },
    { folder: 'packages/ui', name: 'ui', dependsOn: ['packages/base'] },
    { folder: 'packages/ui/deep', name: 'deep', dependsOn: [] },
    { folder: 'apps/app', name: 'app', dependsOn: ['packages/ui'] },
    { folder: 'packages/tool', name: 'tool', dependsOn: [] },
  ],
};
const touched = (...paths: readonly string[]) => {
  const found = touchedPackages(workspace, paths);
  return found === null ? null : [...found];
};

describe('the packages that a change touches', () => {
  it('are those in whose folders its paths lie, the innermost one each', () => {
    expect(touched('packages/ui/src/a.ts', 'packages/ui/deep/b.ts', 'apps/app/c.ts', 'apps/app/d.ts')).toEqual([
      'packages/ui',
      'packages/ui/deep',
      'apps/app',
    ]);
  });

  it.each([
    'README.md',
    'package-lock.json',
    'packages/new/index.js',
    'packages/uix/a.ts',
    'packages/ui/package.json',
    'packages/ui/tsconfig.build.json',
    'packages/ui/.npmrc',
    'packages/ui/project.json',
  ])('are all of them when it touches %s', (path) => {
    expect(touched('packages/ui/src/a.ts', path)).toBeNull();
  });
});

describe('what depends on packages, and what they depend on', () => {
  it('is followed through every step', () => {
    expect([...withDependents(workspace, new Set(['packages/base']))].sort()).toEqual([
      'apps/app',
      'packages/base',
      'packages/ui',
    ]);
    expect([...withDependencies(workspace, new Set(['apps/app']))].sort()).toEqual([
      'apps/app',
      'packages/base',
      'packages/ui',
    ]);
    expect([...withDependents(workspace, new Set(['packages/tool']))]).toEqual(['packages/tool']);
  });

  it('comes to an end where packages depend on each other', () => {
    const circle: Workspace = {
      because: 'the test',
      packages: [
        { folder: 'a', name: 'a', dependsOn: ['b'] },
        { folder: 'b', name: 'b', dependsOn: ['a'] },
        { folder: 'c', name: 'c', dependsOn: [] },
      ],
    };
    expect([...withDependents(circle, new Set(['a']))]).toEqual(['a', 'b']);
  });
});
