import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../../src/core/check.js';
import { endedCheck, startedCheck } from '../../../src/core/checkStep.js';
import type { ProgressStep } from '../../../src/core/ports.js';
import {
  NOTHING_PROVED,
  type Provings,
  provedBy,
  provingChanges,
  provingKey,
  provingOver,
} from '../../../src/ui/state/proving.js';

const at = (...picks: readonly string[]) => ({ commit: 'c', tree: 't', picks });
const outcome = (check: string, failing: boolean): CheckOutcome => ({
  check,
  kind: 'test',
  status: failing ? 'failed' : 'passed',
  exit: failing ? 1 : 0,
  failures: failing ? [{ check, name: 'sums', file: 'a.test.js', message: 'no' }] : [],
  tests: { passed: 3, failed: failing ? 1 : 0 },
  milliseconds: 1_200,
  output: '',
  cached: false,
});
const step = (check: ProgressStep['check'], sibling: string | null = 'acme'): ProgressStep => ({
  phase: 'validate',
  sibling,
  doing: 'x',
  ...(check === undefined ? {} : { check }),
});
const starts = (check: string, ...picks: readonly string[]) => step(startedCheck(check, at(...picks)));
const ends = (check: string, failing: boolean, ...picks: readonly string[]) => {
  const one = outcome(check, failing);
  return step(endedCheck(one, at(...picks), one.failures));
};
const known = (...steps: readonly ProgressStep[]): Provings => steps.reduce(provedBy, NOTHING_PROVED);
const of = (provings: Provings, sha: string) => provings.get(provingKey('acme', sha));

describe('the commits that are being proved', () => {
  it('know which check runs on a tree with them, and how those before it ended', () => {
    const proved = known(starts('types', 'a', 'b'), ends('types', false, 'a', 'b'), starts('test', 'a', 'b'));
    expect(of(proved, 'a')).toMatchObject({ checking: 'test', ended: [{ check: 'types', status: 'passed' }] });
    expect(of(proved, 'c')).toBeUndefined();
  });

  it('know of every check how it ended on the newest tree that holds them', () => {
    const proved = known(ends('test', true, 'a', 'b'), ends('test', false, 'a'));
    expect(of(proved, 'a')?.ended).toMatchObject([{ check: 'test', status: 'passed', failures: [] }]);
    expect(of(proved, 'b')?.ended).toMatchObject([{ status: 'failed', failures: [{ name: 'sums' }] }]);
  });

  it('are not told from steps that are about no commit', () => {
    const proved = known(starts('test', 'a'));
    expect(provedBy(proved, step(undefined))).toBe(proved);
    expect(provedBy(proved, step(startedCheck('test', { commit: 'c', tree: 't' }), null))).toBe(proved);
  });

  it('change one by one, so that no other row is drawn again', () => {
    const before = known(ends('test', true, 'a', 'b'));
    expect(provingChanges(before, provedBy(before, ends('test', false, 'a')))).toEqual([provingKey('acme', 'a')]);
    expect(provingChanges(before, before)).toEqual([]);
    expect(provingChanges(before, NOTHING_PROVED)).toHaveLength(2);
  });

  it('keep what is known when the run is over, but for what was under way', () => {
    const over = provingOver(known(ends('types', false, 'a'), starts('test', 'a'), ends('test', false, 'b')));
    expect(of(over, 'a')).toMatchObject({ checking: null, ended: [{ check: 'types' }] });
    expect(provingOver(over)).toBe(over);
  });
});
