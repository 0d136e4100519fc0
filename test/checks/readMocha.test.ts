import { describe, expect, test } from 'vitest';
import { readMocha } from '../../src/checks/readMocha.js';
import { captured } from './captured.js';

describe('readMocha', () => {
  test('is done in no time with a brace before very many line breaks', () => {
    const started = performance.now();
    expect(readMocha(`{${'\n'.repeat(256 * 1024)}x`)).toEqual({ failures: [], tests: null });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('finds failures with their full name, and the file from the first frame of the project', () => {
    expect(readMocha(captured('mocha')).failures).toEqual([
      {
        name: 'math > inner > subtracts',
        file: 'test/math.test.js',
        message: 'AssertionError [ERR_ASSERTION]: 2 == 3',
      },
      { name: 'works alone', file: 'file:///srv/app/test/alone.test.mjs', message: 'Error: boom' },
      {
        name: 'loader > "before each" hook for "loads"',
        file: null,
        message: 'Error: Timeout of 2000ms exceeded. For async tests and hooks, ensure "done()" is called.',
      },
    ]);
  });

  test('counts tests', () => {
    expect(readMocha(captured('mocha')).tests).toEqual({ passed: 1, failed: 3 });
    expect(readMocha('  12 passing (9ms)\n')).toEqual({ failures: [], tests: { passed: 12, failed: 0 } });
  });

  test('reads the document of the json reporter, below what the tests print', () => {
    expect(readMocha(captured('mocha.json'))).toEqual({
      failures: [
        { name: 'works alone', file: '/srv/app/test/math.test.js', message: 'Error: boom' },
        {
          name: 'math inner subtracts',
          file: '/srv/app/test/math.test.js',
          message: 'AssertionError [ERR_ASSERTION]: 2 == 3',
        },
      ],
      tests: { passed: 1, failed: 2 },
    });
    expect(readMocha('{\n  "stats": {\n cut off').failures).toEqual([]);
  });
});
