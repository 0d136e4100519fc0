import { describe, expect, test } from 'vitest';
import { readOutcome } from '../../src/checks/readOutcome.js';
import type { Check } from '../../src/core/check.js';
import { captured } from './captured.js';

const places = { folders: ['/srv/app'], scratch: ['/srv/cache/home', '/srv/cache/tmp'] };
const check = (reads: Check['reads']): Check => ({ name: 'test', kind: 'test', run: 'x', reads, because: 'y' });
const outcome = (reads: Check['reads'], output: string, exit: number | null, report: string | null = null) =>
  readOutcome(check(reads), { exit, output, report, places });

describe('readOutcome', () => {
  test('believes the exit code 0 whatever was printed', () => {
    expect(outcome('tsc', captured('tsc7'), 0).failures).toEqual([]);
    expect(outcome('vitest', captured('vitest4'), 0).failures).toEqual([]);
  });

  test('names a failure after the check when the reader finds none, with the last line that says something', () => {
    const output = 'Error: it broke in 12ms\n    at run (a.js:1:2)\n\nNode.js v24.0.0\nnpm error code 1\n----\n';
    expect(outcome('exit-code', output, 3).failures).toEqual([
      { check: 'test', name: 'test', file: null, message: 'Error: it broke in <time>' },
    ]);
    expect(outcome('vitest', '', 3).failures[0]?.message).toBe('exit code 3');
    expect(outcome('vitest', '', null).failures[0]?.message).toBe('ended by a signal');
  });

  test('reads a JUnit report instead of the output, and falls back on the output without one', () => {
    const report = '<testcase name="a" file="/srv/app/a.js"><failure message="m"/></testcase>';
    expect(outcome('junit:out.xml', 'noise', 1, report).failures).toEqual([
      { check: 'test', name: 'a', file: 'a.js', message: 'm' },
    ]);
    expect(outcome('junit:out.xml', 'it crashed', 1).failures[0]?.message).toBe('it crashed');
  });

  test('names files from the root, also those that a tool prints from the folder of its package', () => {
    const inPackage: Check = { ...check('tsc'), package: 'packages/a' };
    const files = ['src/x.ts', './src/x.ts', '../b/x.ts', '/srv/app/packages/a/src/x.ts'].map((file) => {
      const output = `${file}(1,2): error TS2307: Cannot find it`;
      return readOutcome(inPackage, { exit: 2, output, report: null, places }).failures[0]?.file;
    });
    expect(files).toEqual(['packages/a/src/x.ts', 'packages/a/src/x.ts', 'packages/b/x.ts', 'packages/a/src/x.ts']);
  });

  test('gives one and the same identity to a failure that only moved', () => {
    const here = outcome('tsc', 'src/a.ts(3,5): error TS2307: Cannot find /srv/app/src/b.ts:4:1 or /tmp/x-1/y', 2);
    const there = outcome('tsc', '/srv/app/src/a.ts:90:1 - error TS2307: Cannot find src/b.ts:7:12 or /tmp/z/y', 2);
    expect(here.failures).toEqual(there.failures);
    expect(here.failures).toEqual([
      { check: 'test', name: 'TS2307', file: 'src/a.ts', message: 'Cannot find src/b.ts or <tmp>' },
    ]);
  });

  test('finds the same failures whether paths are relative, absolute or URLs', () => {
    expect(outcome('mocha', captured('mocha'), 1).failures[1]?.file).toBe('test/alone.test.mjs');
    expect(outcome('node-test', captured('node24.tap'), 1).failures[0]?.file).toBe('a.test.mjs');
    expect(outcome('node-test', captured('node20.tap'), 1).failures.at(-1)?.name).toBe('b.test.mjs');
  });

  test('keeps a neighbouring folder whose name begins alike', () => {
    const [failure] = outcome(
      'exit-code',
      'missing /srv/app-two/x and /srv/cache/tmp/abc-123/x in /srv/app',
      1,
    ).failures;
    expect(failure?.message).toBe('missing /srv/app-two/x and <tmp> in .');
  });
});
