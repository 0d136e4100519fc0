import type { Check, CheckOutcome } from '../core/check.js';
import {
  confirmAlone,
  confirmOutcome,
  failingAgain,
  isQuick,
  runsToBeSure,
  type Settling,
  SURE_AT_LEAST,
  SURE_RUNS,
} from '../core/confirm.js';
import { focusOn, namedOf } from '../core/focus.js';
import type { Failure } from '../core/standing.js';

/** How an outcome is settled on its tree. */
export interface SettleHow {
  readonly execute: (check: Check) => Promise<CheckOutcome>;
  readonly settling: (outcome: CheckOutcome) => Settling;
  /** What of an outcome counts as failing. */
  readonly failing: (outcome: CheckOutcome) => readonly Failure[];
  /** Tells a person what is run again. */
  readonly say: (how: string) => void;
}

const countOf = ({ tests }: Pick<CheckOutcome, 'tests'>): number | null =>
  tests === null ? null : tests.passed + tests.failed;

/** True where as many tests ran as in the whole check: its settings name files too, and all of them ran. */
const ranAll = (whole: CheckOutcome, again: CheckOutcome): boolean => {
  const [all, some] = [countOf(whole), countOf(again)];
  return all !== null && some !== null && some >= all;
};

/** What failing tests come to that run without the others: what fails every time; null when that cannot be told. */
async function failAlone(
  focused: Check,
  { asked, whole }: { readonly asked: readonly Failure[]; readonly whole: CheckOutcome },
  { execute, say }: SettleHow,
): Promise<readonly Failure[] | null> {
  let steady = asked;
  for (let [runs, most] = [1, Number.POSITIVE_INFINITY]; runs < most; runs += 1) {
    say(' (what failed, once more, to be sure)');
    const again = await execute(focused);
    if (ranAll(whole, again)) return null;
    steady = failingAgain(steady, again);
    if (steady.length === 0) return passed(again) ? [] : null;
    most = Math.max(SURE_AT_LEAST, runsToBeSure(again));
  }
  return steady;
}

// A run that counts no test may not have found the file.
const passed = ({ status, tests }: CheckOutcome): boolean => status === 'passed' && (tests?.passed ?? 0) > 0;

/**
 * Lets the files of failing tests run alone, again and again: the outcome with what failed every time. Null when that
 * says nothing, as where something fails that names no file; or when nothing failed every time and the whole check is
 * quick: what passes alone may still fail every time among the others.
 */
async function settledAlone(check: Check, outcome: CheckOutcome, how: SettleHow): Promise<CheckOutcome | null> {
  const failing = how.failing(outcome);
  const asked = namedOf(failing);
  const focused = asked.length < failing.length ? null : focusOn(check, asked);
  const steady = focused === null ? null : await failAlone(focused, { asked, whole: outcome }, how);
  if (steady === null || (steady.length === 0 && isQuick(outcome))) return null;
  return confirmAlone(outcome, asked, steady);
}

/** An outcome as it is believed, after as many runs on the same tree as that takes; as it was when it takes none. */
export async function settled(check: Check, first: CheckOutcome, how: SettleHow): Promise<CheckOutcome> {
  const alone = how.settling(first).sure ? await settledAlone(check, first, how) : null;
  if (alone !== null) return alone;
  let outcome = first;
  let runs = 1;
  for (; runs < how.settling(outcome).runs; runs += 1) {
    how.say(' (once more, to be sure)');
    outcome = confirmOutcome(outcome, await how.execute(check));
  }
  return runs < SURE_RUNS ? outcome : { ...outcome, sure: 'whole' };
}
