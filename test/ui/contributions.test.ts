import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/ui/contributions.js';

const manifest = JSON.parse(readFileSync(join(resolve(import.meta.dirname, '../..'), 'package.json'), 'utf8')) as {
  contributes: { commands: readonly { command: string; category: string }[] };
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
};

it('package.json contributes exactly the commands that the code registers', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
  expect(contributed).toEqual(Object.values(COMMANDS).sort());
  expect(manifest.contributes.commands.every(({ category }) => category === 'AutoSync')).toBe(true);
});

it('every package is pinned to one version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
