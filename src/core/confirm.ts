import type { CheckOutcome } from './check.js';
import { newFailures, ranToItsEnd } from './newFailures.js';
import type { Failure } from './standing.js';

/** Runs on one tree where all that fails is known to flip: twice in a row would be luck too often. */
const RUNS_OF_FLAKY = 5;

/** Kinds of checks that say the same of the same tree, so that a failure that is seen twice is none of chance. */
const STEADY: ReadonlySet<CheckOutcome['kind']> = new Set(['type-check', 'lint', 'build']);

/** A failure that is named after its check says only that something failed. */
const isWhole = (failure: Failure): boolean => failure.name === failure.check;

// Not the message: a test that fails twice has failed twice, whatever it says of it.
const placeOf = ({ name, file }: Failure): string => JSON.stringify([name, file]);

/** A failure in the words of a note: the test, and the check that runs it. */
export const flakyName = ({ name, check }: Failure): string => (name === check ? check : `${name} (${check})`);

/** Failures of `some` that `others` have too, as a multiset; what is not named is confirmed by any failure. */
function inBoth(some: readonly Failure[], others: readonly Failure[]): readonly Failure[] {
  const left = others.map(placeOf);
  return some.filter((failure) => {
    const at = left.indexOf(placeOf(failure));
    if (at >= 0) left.splice(at, 1);
    return at >= 0 || (isWhole(failure) && others.length > 0);
  });
}

const without = (some: readonly Failure[], taken: readonly Failure[]): readonly Failure[] => {
  const places = new Set(taken.map(placeOf));
  return some.filter((failure) => !places.has(placeOf(failure)));
};

/**
 * What two runs of one check on one tree say together: a failure counts when it is in both, and what is in one only is
 * flaky (design: product, "baseline"). A run that did not reach its end says nothing good: it is never taken for a pass.
 */
export function confirmOutcome(first: CheckOutcome, again: CheckOutcome): CheckOutcome {
  if (!ranToItsEnd(again)) return again;
  const before = new Set(first.flaky ?? []);
  if (!ranToItsEnd(first)) {
    if (again.status === 'failed') return { ...again, confirmed: true };
    return { ...again, flaky: [...before, first.check], confirmed: true };
  }
  const named = inBoth(again.failures, first.failures);
  const twice = named.length > 0 ? named : inBoth(first.failures, again.failures);
  const flips = without([...first.failures, ...again.failures], twice).filter(
    (one) => !isWhole(one) || twice.length === 0,
  );
  const flaky = [...new Set([...before, ...flips.map(flakyName)])];
  return { ...again, failures: twice, ...(flaky.length === 0 ? {} : { flaky }), confirmed: true };
}

/**
 * The outcome as far as it shows one of the sought failures: what flips besides must not lead the search astray. A
 * failure that is named after its check may be any of them.
 */
export function onlySought(outcome: CheckOutcome, sought: readonly Failure[]): CheckOutcome {
  const mine = sought.filter(({ check }) => check === outcome.check);
  if (mine.length === 0 || mine.some(isWhole)) return outcome;
  const places = new Set(mine.map(placeOf));
  return { ...outcome, failures: outcome.failures.filter((one) => isWhole(one) || places.has(placeOf(one))) };
}

/**
 * How often something that fails has to be seen, with a pick, before that pick is blamed: twice (design: product,
 * "baseline"), and more often where chance may play a part, most often for single tests.
 */
export function sightingsWanted(broken: readonly CheckOutcome[]): number {
  const unsteady = broken.filter((outcome) => ranToItsEnd(outcome) && !STEADY.has(outcome.kind));
  if (unsteady.length === 0) return 2;
  return unsteady.some(({ kind, failures }) => kind === 'test' && failures.some((one) => !isWhole(one))) ? 4 : 3;
}

/** The failures that are not known to flip; all of them when each is. */
export function steadyFailures(failures: readonly Failure[], flaky: readonly string[]): readonly Failure[] {
  const names = new Set(flaky);
  const steady = failures.filter((failure) => !names.has(flakyName(failure)));
  return steady.length === 0 ? failures : steady;
}

/**
 * How many runs on one tree settle an outcome, held against the target's own outcomes: as many as are asked for when
 * something new fails, and more when all of that is known to flip.
 */
export function runsNeeded(
  baseline: readonly CheckOutcome[],
  outcome: CheckOutcome,
  asked: { readonly runs: number; readonly flaky: readonly string[] },
): number {
  const before = baseline.filter(({ check }) => check === outcome.check);
  const { failures } = newFailures(before, [outcome]);
  if (failures.length === 0) return 1;
  const flaky = new Set([...flakyIn(before), ...asked.flaky]);
  return failures.every((failure) => flaky.has(flakyName(failure))) ? Math.max(RUNS_OF_FLAKY, asked.runs) : asked.runs;
}

/** True when a failure of one is in the other too; what is named after its check may be any failure of that check. */
export function shareFailure(one: readonly Failure[], other: readonly Failure[]): boolean {
  return one.some((failure) =>
    other.some(
      (seen) =>
        seen.check === failure.check && (isWhole(seen) || isWhole(failure) || placeOf(seen) === placeOf(failure)),
    ),
  );
}

/** What flipped in these outcomes, each once. */
export function flakyIn(outcomes: readonly CheckOutcome[]): readonly string[] {
  return [...new Set(outcomes.flatMap(({ flaky }) => flaky ?? []))];
}
