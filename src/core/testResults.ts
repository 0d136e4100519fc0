import type { Check, CheckOutcome } from './check.js';
import { shownFailure } from './checkStep.js';
import type { Sha } from './commit.js';
import { newFailures } from './newFailures.js';
import type { Baseline, RejectedPick, Validated } from './proof.js';
import { sanitize } from './sanitize.js';
import type { Failure } from './standing.js';

/** One check on one tree. */
export interface CheckResult {
  readonly check: string;
  readonly kind: Check['kind'];
  readonly command: string;
  readonly status: CheckOutcome['status'];
  readonly tests: CheckOutcome['tests'];
  readonly milliseconds: number;
  /** On the target: all that fails. On a chain: what fails that does not fail on the target. */
  readonly failures: readonly Failure[];
  readonly flaky: readonly string[];
}

/** What validating one sibling's picks came to. */
export interface SiblingResult {
  readonly sibling: string;
  /** The target's commit that the picks are on top of. */
  readonly base: Sha;
  /** The tree that was checked last: of all picks that break nothing. */
  readonly tree: Sha;
  readonly picks: readonly Sha[];
  readonly checks: readonly CheckResult[];
  readonly rejected: readonly {
    readonly sha: Sha;
    readonly failures: readonly Failure[];
    /** The culprit that it builds on. */
    readonly because: Sha | null;
    /** An earlier pick without which it breaks nothing. */
    readonly together: Sha | null;
  }[];
  readonly flaky: readonly string[];
  /** Failures of the target that are gone. */
  readonly fixed: readonly Failure[];
}

/** `.autosync/reports/test-results.json`: what the checks of the last run that validated something said. */
export interface TestResults {
  readonly version: 1;
  readonly run: string;
  readonly target: { readonly branch: string; readonly head: Sha; readonly tree: Sha };
  readonly baseline: readonly CheckResult[];
  readonly siblings: readonly SiblingResult[];
}

/** A sibling's picks as they were validated. */
export interface ProvedSibling {
  readonly sibling: string;
  readonly baseline: Baseline;
  readonly validated: Validated;
}

/** How many failures, and flaky names, are written of one check. */
const MOST = 50;

const shown = (failures: readonly Failure[]): readonly Failure[] => failures.slice(0, MOST).map(shownFailure);
const names = (all: readonly string[]): readonly string[] => all.slice(0, MOST).map((name) => sanitize(name, 200));

function resultOf(checks: readonly Check[], outcome: CheckOutcome, failures: readonly Failure[]): CheckResult {
  const { check, kind, status, tests, milliseconds, flaky = [] } = outcome;
  const command = checks.find(({ name }) => name === check)?.run ?? '';
  return {
    check: sanitize(check, 60),
    kind,
    command: sanitize(command, 500),
    status,
    tests,
    milliseconds,
    failures: shown(failures),
    flaky: names(flaky),
  };
}

const rejectedOf = ({ sha, found, because, together }: RejectedPick): SiblingResult['rejected'][number] => ({
  sha,
  failures: shown(found.failures),
  because,
  together: together ?? null,
});

function siblingOf({ sibling, baseline, validated }: ProvedSibling): SiblingResult {
  const { chain, outcomes, rejected, flaky, fixed } = validated;
  const before = (name: string) => baseline.outcomes.filter(({ check }) => check === name);
  return {
    sibling,
    base: chain.base,
    tree: chain.tree,
    picks: chain.results.flatMap((result) => (result.kind === 'picked' ? [result.sha] : [])),
    checks: outcomes.map((outcome) =>
      resultOf(baseline.checks, outcome, newFailures(before(outcome.check), [outcome]).failures),
    ),
    rejected: rejected.map(rejectedOf),
    flaky: names(flaky),
    fixed: shown(fixed),
  };
}

/** The results of a run; null when it validated nothing. Text is sanitised. */
export function testResults(
  run: string,
  target: TestResults['target'],
  proved: readonly ProvedSibling[],
): TestResults | null {
  const [first] = proved;
  if (first === undefined) return null;
  const { checks, outcomes } = first.baseline;
  return {
    version: 1,
    run,
    target,
    baseline: outcomes.map((outcome) => resultOf(checks, outcome, outcome.failures)),
    siblings: proved.map(siblingOf),
  };
}
