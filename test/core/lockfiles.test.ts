import { describe, expect, it } from 'vitest';
import { decidesLockfile, isLockfile, lockfilesFor, lockProgramOf, locksAlike } from '../../src/core/lockfiles.js';

describe('a lockfile', () => {
  it('is known by its name at any depth, with the program that makes it anew', () => {
    expect(isLockfile('package-lock.json')).toBe(true);
    expect(isLockfile('a/b/Cargo.lock')).toBe(true);
    expect(isLockfile('a/package-lock.json.md')).toBe(false);
    expect(lockProgramOf('web/pnpm-lock.yaml')).toBe('pnpm');
    expect(lockProgramOf('bun.lockb')).toBeNull();
    expect(lockProgramOf('go.sum')).toBeNull();
  });

  it('follows from manifests, settings and patches of packages, and from nothing else', () => {
    const deciding = ['a/package.json', 'yarn.lock', '.npmrc', '.yarnrc.yml', 'patches/a+1.0.0.patch', 'x/own.diff'];
    expect([...deciding, 'src/patch.ts', 'README.md'].filter(decidesLockfile)).toEqual(deciding);
  });

  it('of a manifest is looked for beside it first, then in each folder above', () => {
    const places = lockfilesFor('packages/a/package.json').filter((path) => path.endsWith('package-lock.json'));
    expect(places).toEqual(['packages/a/package-lock.json', 'packages/package-lock.json', 'package-lock.json']);
  });
});

describe('two versions of a manifest', () => {
  const text = (value: object): string => JSON.stringify(value, null, 2);

  it('lead to the same lockfile when scripts alone differ', () => {
    expect(locksAlike('package.json', text({ scripts: { a: '1' } }), text({ scripts: { a: '2' } }))).toBe(true);
  });

  it.each([
    { dependencies: { a: '2' } },
    { devDependencies: { a: '1' } },
    { overrides: { a: '1' } },
    { workspaces: ['b'] },
    { version: '2.0.0' },
  ])('do not when %j is new', (more) => {
    expect(locksAlike('package.json', text({ name: 'x' }), text({ name: 'x', ...more }))).toBe(false);
  });

  it('do not when one of them is gone, or no JSON', () => {
    expect(locksAlike('package.json', text({}), null)).toBe(false);
    expect(locksAlike('package.json', text({}), '{')).toBe(false);
    expect(locksAlike('package.json', null, null)).toBe(true);
  });
});
