import type { CheckOutcome } from './check.js';
import { newFailures, ranToItsEnd } from './newFailures.js';
import type { Failure } from './standing.js';

/** Runs on one tree where all that fails is known to flip: twice in a row would be luck too often. */
const RUNS_OF_FLAKY = 5;

/**
 * Failures in a row on one tree that are no chance: what fails one time in two does so once in 65,536 times. Fewer,
 * where all of them would take longer than this.
 */
const SURE = { runs: 16, milliseconds: 30_000 } as const;

/** Runs in which a failure is no chance any more. */
export const SURE_RUNS = SURE.runs;

/** Failures in a row of a test that is let run alone, however long that takes. */
export const SURE_AT_LEAST = 4;

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
 * The outcome of a whole run of whose failures some were let fail alone, again and again: `asked` are those that were,
 * `steady` those that failed every time. What failed here and passed alone is flaky.
 */
export function confirmAlone(
  outcome: CheckOutcome,
  asked: readonly Failure[],
  steady: readonly Failure[],
): CheckOutcome {
  const flips = without(asked, steady);
  const flaky = [...new Set([...(outcome.flaky ?? []), ...flips.map(flakyName)])];
  const failures = without(outcome.failures, flips);
  return { ...outcome, failures, ...(flaky.length === 0 ? {} : { flaky }), confirmed: true, sure: 'alone' };
}

/** The failures of single tests that fail again in another run. */
export const failingAgain = (asked: readonly Failure[], again: CheckOutcome): readonly Failure[] => {
  const places = new Set(again.failures.map(placeOf));
  return ranToItsEnd(again) ? asked.filter((failure) => places.has(placeOf(failure))) : [];
};

/**
 * How often something that fails has to be seen, with a pick, before that pick is blamed: twice (design: product,
 * "baseline"), and more often where chance may play a part.
 */
export const sightingsWanted = (broken: readonly CheckOutcome[]): number => (broken.some(mayFlip) ? 4 : 2);

/** True for what may fail by chance: single tests and whatever names nothing, but no compiler and no linter. */
export const mayFlip = (outcome: CheckOutcome): boolean =>
  ranToItsEnd(outcome) && !STEADY.has(outcome.kind) && outcome.sure === undefined;

/** How many runs on one tree exclude chance, or as many as are quick enough: 1 where one more would take too long. */
export function runsToBeSure({ milliseconds }: Pick<CheckOutcome, 'milliseconds'>): number {
  return 1 + Math.min(SURE.runs - 1, Math.floor(SURE.milliseconds / Math.max(1, milliseconds)));
}

/** True when a check is run as often as excludes chance in no time to speak of. */
export const isQuick = (outcome: Pick<CheckOutcome, 'milliseconds'>): boolean => runsToBeSure(outcome) === SURE.runs;

/** The failures that are not known to flip; all of them when each is. */
export function steadyFailures(failures: readonly Failure[], flaky: readonly string[]): readonly Failure[] {
  const names = new Set(flaky);
  const steady = failures.filter((failure) => !names.has(flakyName(failure)));
  return steady.length === 0 ? failures : steady;
}

/** The outcome of a run of some files alone: nothing counts but whether it shows what is sought, not even its end. */
export function soughtAlone(outcome: CheckOutcome, sought: readonly Failure[]): CheckOutcome {
  const mine = sought.filter(({ check }) => check === outcome.check);
  const failures = failingAgain(mine, outcome);
  return { ...outcome, failures, status: failures.length > 0 ? 'failed' : 'passed' };
}

/** What it takes to believe an outcome. */
export interface Settling {
  /** Runs on the same tree, the first included. */
  readonly runs: number;
  /** True where chance has to be excluded: then its tests may be let fail alone instead. */
  readonly sure: boolean;
}

/** What settles an outcome that is believed as it is. */
export const AS_IT_IS: Settling = { runs: 1, sure: false };

/**
 * What settles an outcome, held against the target's own outcomes: as many runs as are asked for when something new
 * fails, more when all of that is known to flip, and as many as exclude chance where tests fail that have a name and
 * that is quick. `sure`: chance is to be excluded also when a single run is asked for.
 */
export function settlingOf(
  baseline: readonly CheckOutcome[],
  outcome: CheckOutcome,
  asked: { readonly runs: number; readonly flaky: readonly string[]; readonly sure?: boolean },
): Settling {
  const before = baseline.filter(({ check }) => check === outcome.check);
  const { failures } = newFailures(before, [outcome]);
  if (failures.length === 0) return AS_IT_IS;
  const flaky = new Set([...flakyIn(before), ...asked.flaky]);
  const known = failures.every((failure) => flaky.has(flakyName(failure)));
  const runs = known ? Math.max(RUNS_OF_FLAKY, asked.runs) : asked.runs;
  // What names no test may be anything, and is seen as often as finding out whose fault it is takes.
  const named = failures.some((failure) => !isWhole(failure));
  const sure = named && mayFlip(outcome) && (runs > 1 || asked.sure === true);
  return { runs: sure ? Math.max(runs, runsToBeSure(outcome)) : runs, sure };
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
