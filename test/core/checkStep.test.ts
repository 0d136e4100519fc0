import { describe, expect, test } from 'vitest';
import type { CheckOutcome } from '../../src/core/check.js';
import { checkLines, endedCheck, startedCheck } from '../../src/core/checkStep.js';
import type { Failure } from '../../src/core/standing.js';

const failure = (name: string, more: Partial<Failure> = {}): Failure => ({
  check: 'test',
  name,
  file: 'a.test.js',
  message: 'expected 3',
  ...more,
});
const outcome = (more: Partial<CheckOutcome> = {}): CheckOutcome => ({
  check: 'test',
  kind: 'test',
  status: 'failed',
  exit: 1,
  failures: [],
  tests: { passed: 11, failed: 1 },
  milliseconds: 1_240,
  output: '',
  cached: false,
  ...more,
});
const TREE = 'a'.repeat(40);
const at = { commit: 'c', tree: TREE, picks: ['x', 'y'] };

describe('a check that has ended', () => {
  test('says what it came to, where, and the failing test with its message', () => {
    expect(checkLines(endedCheck(outcome(), at, [failure('sums')]))).toEqual([
      'test on aaaaaaaaaa (2 picks): failed, 1 of 12 tests, 1.2 s',
      '  fails: sums in a.test.js: expected 3',
    ]);
    const passed = outcome({ status: 'passed', tests: null, cached: true });
    expect(checkLines(endedCheck(passed, { commit: 'c', tree: TREE }, []))).toEqual([
      'test on aaaaaaaaaa (the target): passed, remembered',
    ]);
  });

  test('names the first failures and what flips, and counts the rest', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => failure(name, { message: '' }));
    const lines = checkLines(endedCheck(outcome({ flaky: ['clock (test)'] }), at, many));
    expect(lines.slice(1)).toEqual([
      '  fails: a in a.test.js',
      '  fails: b in a.test.js',
      '  fails: c in a.test.js',
      '  and 2 more',
      '  flaky: clock (test)',
    ]);
  });

  test('is capped, and shows nothing that moves a cursor', () => {
    const evil = '\u001b[2J\u202e'.repeat(3) + 'x'.repeat(5_000);
    const bad = failure(evil, { check: evil, file: evil, message: evil });
    const lines = checkLines(endedCheck(outcome({ check: evil, flaky: [evil] }), at, [bad]));
    expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(1_000);
  });

  test('has nothing to say while it runs', () => {
    expect(checkLines(startedCheck('test', at))).toEqual([]);
  });
});
