import { describe, expect, test } from 'vitest';
import { readVitest } from '../../src/checks/readVitest.js';
import { captured } from './captured.js';

describe('readVitest', () => {
  test('finds failed tests by their full name, files that did not load, and unhandled errors', () => {
    expect(readVitest(captured('vitest4')).failures).toEqual([
      {
        name: 'test/b.test.ts',
        file: 'test/b.test.ts',
        message: "Error: Cannot find module '../src/nothing.js' imported from /srv/app/test/b.test.ts",
      },
      {
        name: 'fails at top',
        file: 'test/a.test.ts',
        message: 'AssertionError: expected 2 to be 3 // Object.is equality',
      },
      { name: 'outer > inner > is wrong', file: 'test/a.test.ts', message: 'Error: boom' },
      {
        name: 'outer > deep',
        file: 'test/a.test.ts',
        message: 'AssertionError: expected { a: 1 } to deeply equal { a: 2 }',
      },
      { name: 'Unhandled Rejection', file: 'test/c.test.ts', message: 'Error: later' },
    ]);
  });

  test('counts tests, not test files', () => {
    expect(readVitest(captured('vitest4')).tests).toEqual({ passed: 2, failed: 3 });
    expect(readVitest(' Test Files  1 passed (1)\n      Tests  4 passed (4)\n').tests).toEqual({
      passed: 4,
      failed: 0,
    });
  });

  test('leaves the name of a Vitest project out and gives each of several tests their common error', () => {
    const output = [' FAIL  |unit| a.test.ts > one', ' FAIL  |unit| a.test.ts > two', 'Error: boom', ''].join('\n');
    expect(readVitest(output).failures).toEqual([
      { name: 'one', file: 'a.test.ts', message: 'Error: boom' },
      { name: 'two', file: 'a.test.ts', message: 'Error: boom' },
    ]);
  });
});
