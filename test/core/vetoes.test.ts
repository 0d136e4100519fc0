import { describe, expect, it } from 'vitest';
import { isLockfile } from '../../src/core/lockfiles.js';
import { type VetoFacts, vetoesOf } from '../../src/core/vetoes.js';
import { calm } from './calmFacts.js';

const changed = (path: string, newMode = '100644'): Partial<VetoFacts> => ({
  changes: [{ path, oldMode: '000000', newMode }],
});

describe('vetoesOf', () => {
  it('has nothing against an ordinary change', () => {
    expect(vetoesOf(calm)).toEqual([]);
  });

  it.each<readonly [string, Partial<VetoFacts>, string]>([
    ['a dropped file', { dropped: ['.env'] }, 'It is partial: a file (.env) stayed out by rule.'],
    [
      'dropped files',
      { dropped: ['a', 'b', 'c', 'd'] },
      'It is partial: 4 files (a, b, c and 1 more) stayed out by rule.',
    ],
    ['a breaking change', { breaking: true }, 'It says that it is a breaking change.'],
    [
      'the soak time',
      { soaking: { minAge: '36h', until: '2026-01-02T00:00:00Z' } },
      'It is younger than the soak time of 36h, until 2026-01-02T00:00:00Z.',
    ],
    ['a protected path', { protect: ['SRC/'] }, 'It touches src/a.ts, which is protected by decide.protect.'],
    ['binary', { binary: ['logo.png'] }, 'It touches logo.png, which is binary, which nobody can review as text.'],
    ['a symlink', changed('link', '120000'), 'It touches link, which is a symbolic link.'],
    ['a submodule', changed('vendor', '160000'), 'It touches vendor, which is a submodule.'],
    ['an LFS pointer', { lfs: ['a.psd'] }, 'It touches a.psd, which is a Git LFS pointer, whose content was not seen.'],
    ['a big file', { tooBig: ['data.csv'] }, 'It touches data.csv, which is too big to be scanned for secrets.'],
    ['a secret', { secrets: ['a.ts:3 (npm token)'] }, 'It seems to add a secret: a.ts:3 (npm token).'],
    ['a red baseline', { redBaseline: ['test'] }, 'The target fails already without it: test.'],
    ['a prerequisite', { missing: ['0123456789 fix: b'] }, 'It builds on what the target lacks: 0123456789 fix: b.'],
    ['no check', { checksRun: 0 }, 'No check ran, so nothing proves that it fits.'],
    ['bytes in a path', { readablePaths: false }, 'It has a path that is not UTF-8, so that no path rule can be sure.'],
  ])('objects to %s', (_, facts, sentence) => {
    expect(vetoesOf({ ...calm, ...facts })).toEqual([sentence]);
  });

  it.each([
    'package.json',
    'apps/web/package.json',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'bun.lockb',
    'Cargo.toml',
    'go.mod',
    'requirements-dev.txt',
    'pyproject.toml',
    'Gemfile',
    'composer.json',
    'pom.xml',
    'app/build.gradle.kts',
    ...['pdm.lock', 'pubspec.lock', 'Package.resolved', 'flake.lock', 'go.work.sum', 'deno.jsonc', 'package.json5'],
    // A manifest may name a patch wherever it stands; a scope is a folder to some.
    ...['patches/@scope/a+1.0.0.patch', 'own/a.diff', '.pnp.cjs'],
  ])('objects to a change of %s', (path) => {
    expect(vetoesOf({ ...calm, ...changed(path) })).toEqual([
      `It touches ${path}, which changes dependencies or what installing runs.`,
    ]);
  });

  it('objects to every file that is known as a lockfile', () => {
    const names = ['Cargo.lock', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'go.sum', 'composer.lock', 'Gemfile.lock'];
    const others = ['deno.lock', 'mix.lock', 'packages.lock.json', 'Podfile.lock', 'gradle.lockfile', 'bun.lock'];
    for (const path of [...names, ...others, 'npm-shrinkwrap.json'])
      expect([path, isLockfile(path), vetoesOf({ ...calm, ...changed(path) }).length]).toEqual([path, true, 1]);
  });

  it('does not object to names that only look alike', () => {
    for (const path of ['src/package.json.ts', 'docs/requirements.md', 'src/go.module.ts']) {
      expect(vetoesOf({ ...calm, ...changed(path) })).toEqual([]);
    }
  });

  it('lists all of them, and shows no control character of a path', () => {
    const vetoes = vetoesOf({ ...calm, breaking: true, binary: ['a\x1b[2J\u202eb'], checksRun: 0 });
    expect(vetoes).toHaveLength(3);
    expect(vetoes.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
