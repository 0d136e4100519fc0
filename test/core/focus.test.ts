import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/core/check.js';
import { focusOn, namedOf } from '../../src/core/focus.js';

const check: Check = {
  name: 'test',
  kind: 'test',
  run: 'npm run --silent test',
  reads: 'vitest',
  because: 'the test',
  takesFiles: true,
};
const failure = (file: string | null, name = 'adds') => ({ check: 'test', name, file, message: 'm' });

describe('a check for what failed alone', () => {
  test('has each file once at the end of its command', () => {
    const failures = [failure('test/a.test.ts'), failure('test/a.test.ts', 'more'), failure('@x/b-1.test.ts')];
    const { takesFiles: _, ...rest } = check;
    expect(focusOn(check, failures)).toEqual({
      ...rest,
      run: 'npm run --silent test test/a.test.ts @x/b-1.test.ts',
    });
  });

  test('names files as the package that it checks does', () => {
    const own = { ...check, package: 'packages/web' };
    expect(focusOn(own, [failure('packages/web/test/a.test.ts')])?.run).toMatch(/ test\/a\.test\.ts$/);
    expect(focusOn(own, [failure('packages/website/a.test.ts')])).toBeNull();
  });

  test('does not exist where its tool takes no files, or nothing that failed names one', () => {
    const { takesFiles: _, ...plain } = check;
    expect(focusOn(plain, [failure('a.test.ts')])).toBeNull();
    expect(focusOn(check, [failure(null), failure('a.test.ts', 'test')])).toBeNull();
    expect(namedOf([failure(null), failure('a.test.ts', 'test'), failure('a.test.ts')])).toHaveLength(1);
  });

  test.each([
    '$(x).test.ts',
    'a b.test.ts',
    '-rf',
    '--reporter=x',
    'a;b',
    "it's",
    '../..;x',
    '`x`',
    '[id].test.ts',
    '',
  ])('does not exist for a file named `%s`, which a shell or a tool may read otherwise', (name) => {
    expect(focusOn(check, [failure('fine.test.ts'), failure(name)])).toBeNull();
  });
});
