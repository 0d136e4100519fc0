import { describe, expect, test } from 'vitest';
import type { CheckOutcome } from '../../src/core/check.js';
import {
  confirmAlone,
  confirmOutcome,
  failingAgain,
  flakyIn,
  runsToBeSure,
  settlingOf,
  shareFailure,
  sightingsWanted,
  steadyFailures,
} from '../../src/core/confirm.js';
import type { Failure } from '../../src/core/standing.js';

const failure = (name: string, message = 'm'): Failure => ({ check: 'test', name, file: 'a.ts', message });
const outcome = (names: readonly string[], status?: CheckOutcome['status']): CheckOutcome => ({
  check: 'test',
  kind: 'test',
  status: status ?? (names.length > 0 ? 'failed' : 'passed'),
  exit: names.length > 0 ? 1 : 0,
  failures: names.map((name) => failure(name)),
  tests: null,
  milliseconds: 60_000,
  output: '',
  cached: false,
});

describe('two runs of a check on one tree', () => {
  test('agree on what fails in both, and name what fails in one only', () => {
    const both = confirmOutcome(outcome(['a', 'b']), outcome(['b', 'c']));
    expect(both.failures.map(({ name }) => name)).toEqual(['b']);
    expect(both).toMatchObject({ status: 'failed', confirmed: true, flaky: ['a (test)', 'c (test)'] });
  });

  test('pass when the second does, with the flip named', () => {
    const both = confirmOutcome(outcome(['a']), outcome([]));
    expect(both).toMatchObject({ status: 'passed', failures: [], flaky: ['a (test)'] });
    expect(flakyIn([both, both])).toEqual(['a (test)']);
  });

  test('confirm a test that fails twice whatever it says of it', () => {
    const first = { ...outcome([]), status: 'failed' as const, failures: [failure('a', 'expected 3')] };
    const again = { ...first, failures: [failure('a', 'expected 4')] };
    expect(confirmOutcome(first, again).failures).toEqual(again.failures);
    expect(confirmOutcome(first, again).flaky).toBeUndefined();
  });

  test('confirm a failure without a name by any failure', () => {
    expect(confirmOutcome(outcome(['test']), outcome(['a'])).failures.map(({ name }) => name)).toEqual(['test']);
    expect(confirmOutcome(outcome(['a']), outcome(['test'])).failures.map(({ name }) => name)).toEqual(['test']);
  });

  test.each(['timed-out', 'could-not-run'] as const)('are no pass when the second %s', (status) => {
    expect(confirmOutcome(outcome(['a']), outcome([], status)).status).toBe(status);
    expect(confirmOutcome(outcome([], status), outcome([], status)).status).toBe(status);
  });

  test('are a flip when the first ran out of time and the second passes', () => {
    expect(confirmOutcome(outcome([], 'timed-out'), outcome([]))).toMatchObject({ status: 'passed', flaky: ['test'] });
  });

  test('keep what flipped before', () => {
    const before = confirmOutcome(outcome(['a', 'b']), outcome(['b']));
    expect(confirmOutcome(before, outcome([])).flaky).toEqual(['a (test)', 'b (test)']);
  });
});

describe('failures that are let fail alone', () => {
  const whole = outcome(['a', 'b', 'c']);

  test('are those of the whole run without what passed alone, which is flaky', () => {
    const settled = confirmAlone(whole, [failure('a'), failure('b')], [failure('b')]);
    expect(settled.failures.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(settled).toMatchObject({ status: 'failed', flaky: ['a (test)'], confirmed: true });
    expect(confirmAlone(whole, [failure('a')], [failure('a')]).flaky).toBeUndefined();
  });

  test('have failed again only where the run names them', () => {
    const asked = [failure('a'), failure('b')];
    expect(failingAgain(asked, outcome(['b', 'c'])).map(({ name }) => name)).toEqual(['b']);
    expect(failingAgain(asked, outcome(['test']))).toEqual([]);
    expect(failingAgain(asked, outcome(['a'], 'timed-out'))).toEqual([]);
  });
});

describe('how often a check runs on a tree', () => {
  const asked = { runs: 2, flaky: [] };

  test('once when nothing new fails, as often as asked when something does', () => {
    expect(settlingOf([outcome([])], outcome([]), asked)).toEqual({ runs: 1, sure: false });
    expect(settlingOf([outcome(['a'])], outcome(['a']), asked)).toEqual({ runs: 1, sure: false });
    expect(settlingOf([outcome(['a'])], outcome(['a', 'b']), asked)).toEqual({ runs: 2, sure: true });
    expect(settlingOf([outcome([])], outcome([], 'timed-out'), asked)).toEqual({ runs: 2, sure: false });
  });

  test('five times when all that fails is known to flip, on the target or elsewhere', () => {
    const flips = [{ ...outcome([]), flaky: ['a (test)'] }];
    expect(settlingOf(flips, outcome(['a']), { ...asked, runs: 1 }).runs).toBe(5);
    expect(settlingOf(flips, outcome(['a', 'b']), asked).runs).toBe(2);
    expect(settlingOf(flips, outcome(['a', 'b']), { ...asked, flaky: ['b (test)'] }).runs).toBe(5);
  });

  test('as often as excludes chance where chance may play a part and a run is quick', () => {
    const quick = { ...outcome(['a']), milliseconds: 100 };
    expect(settlingOf([outcome([])], quick, asked)).toEqual({ runs: 16, sure: true });
    expect(settlingOf([outcome([])], quick, { runs: 1, flaky: [], sure: true })).toEqual({ runs: 16, sure: true });
    expect(settlingOf([outcome([])], quick, { runs: 1, flaky: [] })).toEqual({ runs: 1, sure: false });
    expect(settlingOf([outcome([])], { ...quick, kind: 'type-check' }, asked)).toEqual({ runs: 2, sure: false });
    expect(settlingOf([outcome([])], { ...quick, failures: [failure('test')] }, asked).sure).toBe(false);
    expect([0, 6_000, 29_000, 31_000].map((milliseconds) => runsToBeSure({ milliseconds }))).toEqual([16, 6, 2, 1]);
  });
});

describe('how often a failure is seen before a pick is blamed', () => {
  test('twice where a check says the same of the same tree, oftener where chance may play', () => {
    expect(sightingsWanted([{ ...outcome(['a']), kind: 'type-check' }])).toBe(2);
    expect(sightingsWanted([outcome(['a'])])).toBe(4);
    expect(sightingsWanted([outcome(['test'])])).toBe(4);
    expect(sightingsWanted([outcome([], 'timed-out')])).toBe(2);
  });

  test('counts what is not known to flip, while there is any', () => {
    expect(steadyFailures([failure('a'), failure('b')], ['a (test)']).map(({ name }) => name)).toEqual(['b']);
    expect(steadyFailures([failure('a')], ['a (test)'])).toHaveLength(1);
  });

  test('is the same failure in two trees by its name and file, or by its check where it has no name', () => {
    expect(shareFailure([failure('a', 'm')], [failure('a', 'other')])).toBe(true);
    expect(shareFailure([failure('a')], [failure('b')])).toBe(false);
    expect(shareFailure([failure('test')], [failure('b')])).toBe(true);
    expect(shareFailure([{ ...failure('test'), check: 'other' }], [failure('b')])).toBe(false);
  });
});
