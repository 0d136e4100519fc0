import type { CheckOutcome, NewFailures } from './check.js';
import { flakyIn } from './confirm.js';
import { newFailures, ranToItsEnd } from './newFailures.js';
import type { Baseline } from './proof.js';
import { sanitize } from './sanitize.js';

/** What trying a tree came to, held against the target as it is. */
export interface Tried {
  readonly found: NewFailures;
  /** Every outcome, good or bad. */
  readonly outcomes: readonly CheckOutcome[];
  /** Outcomes that break something. */
  readonly broken: readonly CheckOutcome[];
  readonly passed: readonly string[];
  readonly ran: readonly string[];
  readonly flaky: readonly string[];
  /** Tracked files that the checks changed. */
  readonly changed: readonly string[];
}

/** Holds outcomes on a tree against those on the target. */
export function compared(baseline: Baseline, outcomes: readonly CheckOutcome[], changed: readonly string[]): Tried {
  const ofCheck = (name: string) => baseline.outcomes.filter(({ check }) => check === name);
  const before = outcomes.flatMap(({ check }) => ofCheck(check));
  return {
    found: newFailures(before, outcomes),
    outcomes,
    broken: outcomes.filter((outcome) => newFailures(ofCheck(outcome.check), [outcome]).failures.length > 0),
    passed: outcomes.filter(({ status }) => status === 'passed').map(({ check }) => check),
    ran: outcomes.filter(ranToItsEnd).map(({ check }) => check),
    flaky: flakyIn(outcomes),
    changed,
  };
}

/** True when chance was excluded for all that breaks, in runs of its files alone: they can stand in for the whole check. */
export const isSureAlone = ({ broken }: Tried): boolean =>
  broken.length > 0 && broken.every(({ sure }) => sure === 'alone');

/** A tree whose dependencies cannot be installed: that is what it breaks. */
export function uninstallable(why: string): Tried {
  const failure = { check: 'install', name: 'install', file: null, message: sanitize(why, 1000) };
  const found = { failures: [failure], typeErrors: 0, testFailures: 0, fixed: [] };
  return { found, outcomes: [], broken: [], passed: [], ran: [], flaky: [], changed: [] };
}
