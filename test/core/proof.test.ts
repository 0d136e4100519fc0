import { describe, expect, it } from 'vitest';
import type { Check, CheckOutcome } from '../../src/core/check.js';
import { baselineOf } from '../../src/core/proof.js';

const check = (name: string, folder: string | null): Check => ({
  name,
  kind: 'test',
  run: name,
  reads: 'vitest',
  because: 'the test',
  ...(folder === null ? {} : { package: folder }),
});
const outcome = (name: string, passed: number): CheckOutcome => ({
  check: name,
  kind: 'test',
  status: 'passed',
  exit: 0,
  failures: [],
  tests: { passed, failed: 0 },
  milliseconds: 1,
  output: '',
  cached: false,
});
const hollow = (checks: readonly Check[], outcomes: readonly CheckOutcome[]) =>
  baselineOf({ checks, install: null, notes: [] }, outcomes).hollow;

describe('a test check that runs no test', () => {
  it('proves nothing where it is all there is', () => {
    expect(hollow([check('test', null)], [outcome('test', 0)])).toEqual(['test']);
    const checks = [check('test a', 'a'), check('test b', 'b')];
    expect(hollow(checks, [outcome('test a', 0), outcome('test b', 0)])).toEqual(['test a', 'test b']);
  });

  it('is no reproach to a package among others that have tests, and is one to the whole project', () => {
    const checks = [check('test a', 'a'), check('test b', 'b'), check('e2e', null)];
    expect(hollow(checks, [outcome('test a', 0), outcome('test b', 3), outcome('e2e', 0)])).toEqual(['e2e']);
  });
});

it('the baseline says which packages were checked when it was not all of them', () => {
  const toolchain = { checks: [], install: null, notes: [], narrowed: 'Checked 1 of 2 packages: a.' };
  expect(baselineOf(toolchain, []).notes).toEqual(['Checked 1 of 2 packages: a.']);
});
