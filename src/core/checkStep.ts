import type { CheckOutcome } from './check.js';
import { type Sha, shortSha } from './commit.js';
import type { Checked } from './proof.js';
import { sanitize } from './sanitize.js';
import type { Failure } from './standing.js';

/** A check on one tree as it starts or has ended, for whoever watches a run. Its text is sanitised. */
export interface CheckStep {
  readonly check: string;
  readonly tree: Sha;
  /** The incoming commits whose picks make the tree; none for the target as it is. */
  readonly picks: readonly Sha[];
  /** Null while it runs. */
  readonly ended: CheckEnd | null;
}

/** How a check ended on a tree. */
export interface CheckEnd {
  readonly status: CheckOutcome['status'];
  readonly tests: CheckOutcome['tests'];
  readonly milliseconds: number;
  /** True when it was run before, on the same tree. */
  readonly remembered: boolean;
  /** What fails that does not fail on the target, the first of it. */
  readonly failures: readonly Failure[];
  /** How many more there are. */
  readonly more: number;
  readonly flaky: readonly string[];
}

/** How many failures a step names, and how many UTF-16 units of a message. */
const [MOST, LONGEST] = [3, 500];

/** A failure that may be shown: one safe line for each part. */
export function shownFailure({ check, name, file, message }: Failure): Failure {
  return {
    check: sanitize(check, 60),
    name: sanitize(name, 200),
    file: file === null ? null : sanitize(file, 200),
    message: sanitize(message, LONGEST),
  };
}

/** A check that starts. */
export const startedCheck = (check: string, { tree, picks = [] }: Checked): CheckStep => ({
  check: sanitize(check, 60),
  tree,
  picks,
  ended: null,
});

/** A check that has ended; `failures`: what fails that does not fail on the target. */
export function endedCheck(outcome: CheckOutcome, at: Checked, failures: readonly Failure[]): CheckStep {
  const { status, tests, milliseconds, cached, flaky = [] } = outcome;
  const ended: CheckEnd = {
    status,
    tests,
    milliseconds,
    remembered: cached,
    failures: failures.slice(0, MOST).map(shownFailure),
    more: Math.max(0, failures.length - MOST),
    flaky: flaky.slice(0, MOST).map((name) => sanitize(name, 200)),
  };
  return { ...startedCheck(outcome.check, at), ended };
}

const STATUS_WORDS: Readonly<Record<CheckOutcome['status'], string>> = {
  passed: 'passed',
  failed: 'failed',
  'timed-out': 'did not finish in time',
  'could-not-run': 'could not run',
};

/** How long something took: `0.4 s`, `12.0 s`. */
const secondsOf = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

/** How a check ended, in words: `failed, 3 of 12 tests, 1.2 s`. */
export function endWords({
  status,
  tests,
  milliseconds,
  remembered,
}: Omit<CheckEnd, 'failures' | 'more' | 'flaky'>): string {
  const all = tests === null ? 0 : tests.passed + tests.failed;
  const bad = tests === null || tests.failed === 0 ? '' : `${tests.failed} of `;
  const counts = all === 0 ? '' : `, ${bad}${all} ${all === 1 ? 'test' : 'tests'}`;
  return `${STATUS_WORDS[status]}${counts}, ${remembered ? 'remembered' : secondsOf(milliseconds)}`;
}

/** Where a failure is and what it says: `sums in test/sum.test.js: expected 3`. */
export function failureWords({ check, name, file, message }: Failure): string {
  const what = name === check ? '' : name;
  const where = [what, file].filter(Boolean).join(' in ');
  const said = message === '' || message === name ? '' : message;
  return [where, said].filter(Boolean).join(': ') || name;
}

/** A check that has ended, for a log: what it came to, and what fails that did not fail before. */
export function checkLines({ check, tree, picks, ended }: CheckStep): readonly string[] {
  if (ended === null) return [];
  const about = picks.length === 0 ? 'the target' : `${picks.length} ${picks.length === 1 ? 'pick' : 'picks'}`;
  return [
    `${check} on ${shortSha(tree)} (${about}): ${endWords(ended)}`,
    ...ended.failures.map((failure) => `  fails: ${failureWords(failure)}`),
    ...(ended.more > 0 ? [`  and ${ended.more} more`] : []),
    ...ended.flaky.map((name) => `  flaky: ${name}`),
  ];
}
