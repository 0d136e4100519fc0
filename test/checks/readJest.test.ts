import { describe, expect, test } from 'vitest';
import { readJest } from '../../src/checks/readJest.js';
import { captured } from './captured.js';

describe('readJest', () => {
  test('finds each failure once, with its file and full name', () => {
    expect(readJest(captured('jest')).failures).toEqual([
      {
        name: 'math > subtracts',
        file: 'src/sum.test.js',
        message: 'expect(received).toBe(expected) // Object.is equality',
      },
      { name: 'divides', file: 'src/sum.test.js', message: 'TypeError: divide is not a function' },
      {
        name: 'Test suite failed to run',
        file: 'src/http/client.test.ts',
        message: "Cannot find module './nothing' from 'src/http/client.test.ts'",
      },
    ]);
  });

  test('counts tests, not test suites', () => {
    expect(readJest(captured('jest')).tests).toEqual({ passed: 4, failed: 2 });
  });
});
