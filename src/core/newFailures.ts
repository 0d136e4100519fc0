import type { Check, CheckOutcome, NewFailures } from './check.js';
import type { Failure } from './standing.js';

/** What differs from run to run, or when code moves, and says nothing of what failed. */
const PASSING: readonly (readonly [RegExp, string])[] = [
  [/\b0x[0-9a-f]{4,}\b/gi, '<address>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<moment>'],
  [/(?:\/private)?(?:\/var\/folders\/\w+\/\w+\/T|\/var\/tmp|\/tmp)\/[^\s'"`:;,()]*/g, '<tmp>'],
  [/\b(localhost|127\.0\.0\.1|\[::1\]):\d{2,5}\b/g, '$1:<port>'],
  [/\b(pid|port) \d+/gi, '$1 <number>'],
  [/(\.\w{1,5}):\d+(?::\d+)?\b/g, '$1'],
  [/\((?:\d+)[,:]\d+\)/g, ''],
  [/\b(line|column|col) \d+/gi, '$1'],
  [/\b\d+(?:\.\d+)?\s?(?:ns|µs|ms|s|sec|secs|seconds?|milliseconds?|minutes?)\b/g, '<time>'],
];

const lasting = (message: string): string =>
  PASSING.reduce((text, [passing, word]) => text.replace(passing, word), message);

interface CountedFailure {
  readonly failure: Failure;
  readonly kind: Check['kind'];
}

/**
 * What makes two failures the same one: check, name, file and message; never a line number, a duration, an address, a
 * port, a moment or a temporary path.
 */
export function failureIdentity(failure: Failure): string {
  return JSON.stringify([failure.check, failure.name, failure.file, lasting(failure.message)]);
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

/** True when the check ended by itself, well or not: only then its outcome is a fact of the tree, and no pass is assumed. */
export function ranToItsEnd(outcome: Pick<CheckOutcome, 'status'>): boolean {
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
