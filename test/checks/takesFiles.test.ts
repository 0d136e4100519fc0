import { describe, expect, test } from 'vitest';
import { takesFiles } from '../../src/checks/takesFiles.js';
import type { CheckReader } from '../../src/core/config.js';

const SCRIPTS = {
  unit: 'vitest run --dir test',
  nested: 'npm run unit',
  circle: 'npm run circle',
  both: 'npm run unit && eslint .',
};

describe('names of files can be added to', () => {
  test.each<readonly [CheckReader, string]>([
    ['vitest', 'vitest'],
    ['vitest', 'vitest run --pool=forks'],
    ['vitest', 'NODE_ENV=test npx --no-install vitest run'],
    ['vitest', 'npm run nested'],
    ['vitest', 'tsc -p . && pnpm run unit'],
    ['jest', 'cross-env CI=1 jest --ci'],
    ['jest', 'react-scripts test --watchAll=false'],
    ['mocha', 'yarn mocha --recursive'],
    ['node-test', 'node --test'],
    ['node-test', 'node --import tsx --test'],
  ])('%s: `%s`', (reads, line) => {
    expect(takesFiles(reads, line, SCRIPTS)).toEqual({ takesFiles: true });
  });
});

describe('names of files are not added to', () => {
  test.each<readonly [CheckReader, string]>([
    ['vitest', 'vitest run && eslint .'],
    ['vitest', 'vitest run; echo done'],
    ['vitest', 'vitest run | tee log'],
    ['vitest', 'vitest run > log'],
    ['vitest', 'vitest run &'],
    ['vitest', '(cd app && vitest run)'],
    ['vitest', 'vitest bench'],
    ['vitest', 'vitest run src'],
    ['jest', 'jest src --ci'],
    ['mocha', "mocha 'test/**/*.spec.js'"],
    ['node-test', 'node --test test/'],
    ['vitest', 'npm run both'],
    ['vitest', 'npm run circle'],
    ['vitest', 'npm run missing'],
    ['vitest', 'turbo run test'],
    ['jest', 'node scripts/run-jest.js'],
    ['node-test', 'node scripts/test.js'],
    ['exit-code', 'make test'],
    ['tsc', 'tsc --noEmit'],
  ])('%s: `%s`', (reads, line) => {
    expect(takesFiles(reads, line, SCRIPTS)).toEqual({});
  });
});
