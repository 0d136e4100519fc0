import { describe, expect, test } from 'vitest';
import { installCommand } from '../../src/checks/installCommand.js';
import { choosePackageManager, yarnEdition } from '../../src/checks/packageManager.js';

const chosen = (names: readonly string[], asked: string | null = null) => {
  const { manager, lockfile, because } = choosePackageManager({ names, asked });
  return [manager.name, lockfile, because];
};

describe('the package manager', () => {
  test.each([
    [['pnpm-lock.yaml'], null, ['pnpm', 'pnpm-lock.yaml', 'pnpm-lock.yaml']],
    [['yarn.lock', 'package-lock.json'], null, ['yarn', 'yarn.lock', 'yarn.lock, before package-lock.json']],
    [[], null, ['npm', null, 'no lockfile']],
    [[], 'pnpm@9.1.0', ['pnpm', null, '"packageManager" in package.json, and no lockfile']],
    [['package-lock.json'], 'pnpm@9.1.0', ['npm', 'package-lock.json', 'package-lock.json']],
    [[], 'made-up@1', ['npm', null, 'no lockfile']],
  ])('of %j with "packageManager": %j is %j', (names, asked, expected) => {
    expect(chosen(names, asked)).toEqual(expected);
  });

  test('is the one that package.json names where there are several lockfiles', () => {
    expect(chosen(['yarn.lock', 'package-lock.json'], 'npm@11.0.0+sha512.abc')).toEqual([
      'npm',
      'package-lock.json',
      'package-lock.json, which "packageManager" in package.json names',
    ]);
  });

  test.each([
    ['# yarn lockfile v1\n', [], null, 'yarn'],
    ['__metadata:\n  version: 8\n', [], null, 'yarn-berry'],
    ['', ['.yarnrc.yml'], null, 'yarn-berry'],
    ['', [], 'yarn@4.1.0', 'yarn-berry'],
    ['', [], 'yarn@1.22.22', 'yarn'],
  ])('is the Yarn that wrote the lockfile %j beside %j', (lockfile, names, asked, name) => {
    const facts = { names: ['yarn.lock', ...names], asked };
    expect(yarnEdition(choosePackageManager(facts), facts, lockfile).manager.name).toBe(name);
  });
});

describe('the install command', () => {
  const of = (lockfile: string, scripts: boolean, more: readonly string[] = []) => {
    const facts = { names: [lockfile, ...more], asked: null };
    const { manager } = yarnEdition(choosePackageManager(facts), facts, '');
    return installCommand({ manager, lockfile, git: '/usr/bin/git', scripts });
  };
  const SCRIPTLESS = /--ignore-scripts|--mode=skip-build/;

  test.each([
    ['package-lock.json', [], '--script-shell=/bin/sh'],
    ['pnpm-lock.yaml', [], '--ignore-pnpmfile'],
    ['yarn.lock', [], 'YARN_IGNORE_PATH=1'],
    ['yarn.lock', ['.yarnrc.yml'], 'YARN_RC_FILENAME='],
    ['bun.lock', [], '--config=/dev/null'],
  ])(
    'of %s beside %j runs install scripts only when they are wanted, and no program of a settings file ever',
    (lockfile, more, flag) => {
      expect(of(lockfile, false, more)).toMatch(SCRIPTLESS);
      expect(of(lockfile, true, more)).not.toMatch(SCRIPTLESS);
      for (const wanted of [true, false]) expect(of(lockfile, wanted, more)).toContain(flag);
    },
  );
});
