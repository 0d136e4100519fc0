import type { Check, CheckOutcome, NewFailures } from './check.js';
import type { Failure } from './standing.js';

interface CountedFailure {
  readonly failure: Failure;
  readonly kind: Check['kind'];
}

/** What makes two failures the same one: check, name, file and message; never a line number. */
export function failureIdentity(failure: Failure): string {
  return JSON.stringify([failure.check, failure.name, failure.file, failure.message]);
}

/**
 * What the tip breaks that the baseline does not (design: product, "baseline").
 *
 * Failures are compared as a multiset, so a second failure equal to a known one is new. A check that
 * does not run to its end in the tip is one failure named after it, unless it ended the same way in
 * the baseline.
 */
export function newFailures(baseline: readonly CheckOutcome[], tip: readonly CheckOutcome[]): NewFailures {
  const before = baseline.flatMap(counted);
  const after = tip.flatMap(counted);
  const added = without(after, before);
  const answered = new Set(tip.filter(ranToItsEnd).map((outcome) => outcome.check));
  const gone = without(before, after).filter(({ failure }) => answered.has(failure.check));
  return {
    failures: added.map(({ failure }) => failure),
    typeErrors: added.filter(isTypeError).length,
    testFailures: added.filter((item) => item.kind === 'test' && !isTypeError(item)).length,
    fixed: gone.map(({ failure }) => failure),
  };
}

function counted(outcome: CheckOutcome): readonly CountedFailure[] {
  const failures = ranToItsEnd(outcome) ? outcome.failures : [unfinished(outcome)];
  return failures.map((failure) => ({ failure, kind: outcome.kind }));
}

function ranToItsEnd(outcome: CheckOutcome): boolean {
  return outcome.status === 'passed' || outcome.status === 'failed';
}

function unfinished(outcome: CheckOutcome): Failure {
  const message = outcome.status === 'timed-out' ? 'did not finish in time' : 'could not run';
  return { check: outcome.check, name: outcome.check, file: null, message };
}

function isTypeError({ failure, kind }: CountedFailure): boolean {
  return kind === 'type-check' || /^TS\d+$/.test(failure.name);
}

function without(items: readonly CountedFailure[], taken: readonly CountedFailure[]): readonly CountedFailure[] {
  const left = new Map<string, number>();
  for (const { failure } of taken) {
    const identity = failureIdentity(failure);
    left.set(identity, (left.get(identity) ?? 0) + 1);
  }
  return items.filter(({ failure }) => {
    const identity = failureIdentity(failure);
    const count = left.get(identity) ?? 0;
    left.set(identity, count - 1);
    return count <= 0;
  });
}
