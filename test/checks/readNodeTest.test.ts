import { describe, expect, test } from 'vitest';
import { readNodeTest } from '../../src/checks/readNodeTest.js';
import { captured } from './captured.js';

const NAMES = ['fails at top', 'outer > inner > is wrong', 'outer > deep equal', 'parent > child fails'];

describe('readNodeTest', () => {
  test.each(['node24.tap', 'node24.spec', 'node20.tap', 'node20.spec'])(
    'finds failed tests in %s by their full name, without suites and tests marked todo',
    (name) => {
      const { failures, tests } = readNodeTest(captured(name));
      expect(failures.slice(0, -1).map((failure) => failure.name)).toEqual(NAMES);
      expect(failures.at(-1)?.name).toMatch(/b\.test\.mjs$/);
      expect(tests).toEqual({ passed: 2, failed: 6 });
    },
  );

  test('takes file and message from the details of TAP', () => {
    expect(readNodeTest(captured('node24.tap')).failures).toEqual([
      { name: 'fails at top', file: '/srv/app/a.test.mjs', message: '2 == 3' },
      { name: 'outer > inner > is wrong', file: '/srv/app/a.test.mjs', message: 'boom' },
      {
        name: 'outer > deep equal',
        file: '/srv/app/a.test.mjs',
        message: 'Expected values to be loosely deep-equal:',
      },
      { name: 'parent > child fails', file: '/srv/app/a.test.mjs', message: 'bad # thing' },
      { name: 'b.test.mjs', file: '/srv/app/b.test.mjs', message: 'test failed' },
    ]);
  });

  test('takes file and message from the closing list of the spec reporter', () => {
    expect(readNodeTest(captured('node24.spec')).failures.slice(0, 2)).toEqual([
      { name: 'fails at top', file: 'a.test.mjs', message: 'AssertionError [ERR_ASSERTION]: 2 == 3' },
      { name: 'outer > inner > is wrong', file: 'a.test.mjs', message: 'Error: boom' },
    ]);
  });

  test('tells tests of one name in different suites apart', () => {
    const output = ['▶ add', '  ✖ works (1ms)', '✖ add (1ms)', '▶ remove', '  ✖ works (1ms)', '✖ remove (1ms)', ''];
    const list = [
      '✖ failing tests:',
      '',
      'test at a.mjs:1:1',
      '✖ works (1ms)',
      '  Error: x',
      '✖ works (1ms)',
      '  Error: x',
    ];
    expect(readNodeTest([...output, ...list].join('\n')).failures.map(({ name }) => name)).toEqual([
      'add > works',
      'remove > works',
    ]);
  });

  test('adds up the totals of a script that starts the runner twice', () => {
    expect(readNodeTest('ℹ pass 2\nℹ fail 1\nℹ pass 3\nℹ fail 0\n').tests).toEqual({ passed: 5, failed: 1 });
  });
});
