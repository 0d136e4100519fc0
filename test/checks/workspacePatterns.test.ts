import { describe, expect, test } from 'vitest';
import { pnpmPatterns, readPatterns } from '../../src/checks/workspacePatterns.js';

describe('the patterns of a workspace', () => {
  test('are split into what they name and what they leave out', () => {
    const patterns = readPatterns(['./packages/*', 'apps/web/', '.', '!packages/old', '!**/test/**']);
    expect(patterns?.wanted).toEqual([
      ['packages', '*'],
      ['apps', 'web'],
    ]);
    const leftOut = (folder: string) => patterns?.unwanted.some((one) => one.test(`${folder}/`));
    expect(['packages/old', 'packages/a/test/b', 'test'].map(leftOut)).toEqual([true, true, true]);
    expect(['packages/older', 'packages/a', 'tests/a'].map(leftOut)).toEqual([false, false, false]);
  });

  test.each([
    'packages/{a,b}',
    'packages/?',
    '../outside',
    'packages/[ab]',
    'a|b',
    '*a*a*a',
    '**/a/**/b/**',
    '!**/**/**',
  ])('are not taken for read when one of them is `%s`', (pattern) => {
    expect(readPatterns(['packages/*', pattern])).toBeNull();
  });
});

describe('the packages of a pnpm-workspace.yaml', () => {
  test.each([
    [
      'packages:\n  - packages/*\n  - "apps/*"\n  - \'!old\' # gone\n\ncatalog:\n  react: 19\n',
      ['packages/*', 'apps/*', '!old'],
    ],
    ['# first\npackages:\n- a\n- b\nonlyBuiltDependencies:\n  - c\n', ['a', 'b']],
    ["packages: ['a', b]\n", ['a', 'b']],
    ['catalog:\n  a: 1\n', []],
  ])('are read from %j', (yaml, patterns) => {
    expect(pnpmPatterns(yaml)).toEqual(patterns);
  });

  test.each(['packages: *anchor\n', 'packages:\n  - &a x\n', 'packages:\n  - [a]\n', 'packages: >\n  - a\n'])(
    'are not guessed from %j',
    (yaml) => {
      expect(pnpmPatterns(yaml)).toBeNull();
    },
  );
});
