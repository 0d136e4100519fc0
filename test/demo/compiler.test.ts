import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { COMPILER_INTEGRITY, COMPILER_PLATFORMS, COMPILER_VERSION } from '../../src/demo/compiler.js';
import { PROJECT_FILES } from '../../src/demo/templateProject.js';

interface Locked {
  readonly version: string;
  readonly integrity: string;
  readonly resolved?: string;
}

const read = (name: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8'));
const own: Readonly<Record<string, Locked>> = read('package-lock.json').packages;
const sample: Readonly<Record<string, Locked>> = JSON.parse(PROJECT_FILES['package-lock.json']).packages;

it('the sample app is checked with the compiler of this project, as its lockfile has it', () => {
  expect(read('package.json').devDependencies.typescript).toBe(COMPILER_VERSION);
  expect(own['node_modules/typescript']).toMatchObject({ version: COMPILER_VERSION, integrity: COMPILER_INTEGRITY });
});

it('every platform of the compiler is locked with the integrity that this project has', () => {
  const prefix = 'node_modules/@typescript/typescript-';
  const locked = Object.keys(own).filter((name) => name.startsWith(prefix));
  expect(COMPILER_PLATFORMS.map(({ platform }) => `${prefix}${platform}`)).toEqual(locked);
  for (const name of locked) {
    const { version, integrity } = own[name] ?? {};
    expect(sample[name]).toMatchObject({ version, integrity });
  }
});

it('the lockfile of the sample app names no address', () => {
  expect(Object.values(sample).filter((entry) => entry.resolved !== undefined)).toEqual([]);
  expect(PROJECT_FILES['package-lock.json']).not.toContain('://');
});
