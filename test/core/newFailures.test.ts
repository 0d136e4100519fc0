import { describe, expect, test } from 'vitest';
import type { Check, CheckOutcome } from '../../src/core/check.js';
import { newFailures } from '../../src/core/newFailures.js';
import type { Failure } from '../../src/core/standing.js';

const failure = (check: string, name: string, message = 'm'): Failure => ({ check, name, file: 'a.ts', message });
const outcome = (
  kind: Check['kind'],
  failures: readonly Failure[] = [],
  status: CheckOutcome['status'] = failures.length > 0 ? 'failed' : 'passed',
): CheckOutcome => ({
  check: kind,
  kind,
  status,
  exit: failures.length > 0 ? 1 : 0,
  failures,
  tests: null,
  milliseconds: 1,
  output: '',
  cached: false,
});

describe('newFailures', () => {
  test('is empty when the tip fails exactly as the baseline does', () => {
    const same = [outcome('test', [failure('test', 'a'), failure('test', 'a')])];
    expect(newFailures(same, same)).toEqual({ failures: [], typeErrors: 0, testFailures: 0, fixed: [] });
  });

  test('counts a second failure equal to a known one', () => {
    const known = failure('test', 'a');
    const found = newFailures([outcome('test', [known])], [outcome('test', [known, known])]);
    expect(found).toEqual({ failures: [known], typeErrors: 0, testFailures: 1, fixed: [] });
  });

  test('tells failures apart by check, name, file and message', () => {
    const known = failure('test', 'a');
    const others = [
      { ...known, name: 'b' },
      { ...known, file: null },
      { ...known, message: 'n' },
    ];
    expect(newFailures([outcome('test', [known])], [outcome('test', others)])).toMatchObject({
      failures: others,
      fixed: [known],
    });
  });

  test('counts type errors and test failures apart, and other kinds in neither', () => {
    const tip = [
      outcome('type-check', [failure('type-check', 'odd')]),
      outcome('build', [failure('build', 'TS2322'), failure('build', 'bundle')]),
      outcome('lint', [failure('lint', 'no-console')]),
      outcome('test', [failure('test', 'a'), failure('test', 'TS2304')]),
      outcome('other', [failure('other', 'licences')]),
    ];
    const found = newFailures([], tip);
    expect(found.failures).toHaveLength(7);
    expect([found.typeErrors, found.testFailures]).toEqual([3, 1]);
  });

  test.each(['timed-out', 'could-not-run'] as const)('makes one failure of a check that %s in the tip', (status) => {
    const tip = [outcome('test', [], status)];
    const expected = { failures: [{ check: 'test', name: 'test' }], testFailures: 1, fixed: [] };
    expect(newFailures([outcome('test')], tip)).toMatchObject(expected);
    expect(newFailures([outcome('test', [failure('test', 'a')])], tip)).toMatchObject(expected);
  });

  test('does not hold against the tip that a check ends as badly as in the baseline', () => {
    const same = [outcome('test', [], 'timed-out')];
    expect(newFailures(same, same).failures).toEqual([]);
  });

  test('does not call a failure fixed when its check is not in the tip', () => {
    expect(newFailures([outcome('test', [failure('test', 'a')])], []).fixed).toEqual([]);
  });

  test.each([
    ['line numbers', 'src/a.ts:12:3 is bad', 'src/a.ts:40:9 is bad'],
    ['positions', 'unexpected token (3:14)', 'unexpected token (9:1)'],
    ['durations', 'took 31 ms of 1.5s', 'took 7 ms of 2s'],
    ['addresses', 'freed twice at 0x7ffee3c0', 'freed twice at 0x10ab22ff'],
    ['ports', 'connect ECONNREFUSED 127.0.0.1:40112', 'connect ECONNREFUSED 127.0.0.1:51000'],
    ['temporary paths', "no such file '/tmp/run-a1b2/x.json'", "no such file '/tmp/run-c3d4/y.json'"],
    ['moments', 'at 2026-01-02T03:04:05.678Z', 'at 2026-05-06T07:08:09.001Z'],
  ])('knows a failure again whose message differs in %s', (_what, before, after) => {
    const [old, now] = [before, after].map((message) => [outcome('test', [failure('test', 'a', message)])]);
    expect(newFailures(old ?? [], now ?? []).failures).toEqual([]);
  });

  test('tells failures apart that differ in what was expected', () => {
    const [old, now] = [3, 4].map((count) => [outcome('test', [failure('test', 'a', `expected ${count} to be 5`)])]);
    expect(newFailures(old ?? [], now ?? []).failures).toHaveLength(1);
  });
});
