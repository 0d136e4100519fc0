import { describe, expect, test } from 'vitest';
import { readEslint } from '../../src/checks/readEslint.js';
import { captured } from './captured.js';

describe('readEslint', () => {
  test('finds errors with their rule and file, and leaves warnings alone', () => {
    expect(readEslint(captured('eslint'))).toEqual({
      failures: [
        { name: 'no-unused-vars', file: '/srv/app/src/a.js', message: "'addOne' is defined but never used" },
        { name: 'error', file: '/srv/app/src/a.js', message: 'Parsing error: Unexpected token }' },
        {
          name: '@typescript-eslint/no-explicit-any',
          file: '/srv/app/src/b.ts',
          message: 'Unexpected any. Specify a different type',
        },
      ],
      tests: null,
    });
  });

  test('counts warnings when they are all there is', () => {
    expect(readEslint(captured('eslint.warnings')).failures).toEqual([
      { name: 'no-console', file: '/srv/app/src/a.js', message: 'Unexpected console statement' },
    ]);
  });
});
