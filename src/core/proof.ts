import type { Check, CheckOutcome, NewFailures } from './check.js';
import type { Sha } from './commit.js';
import type { PickChain, PickRequest } from './gitPort.js';

/** A commit of the quarantine and its tree: what checks run on. */
export interface Checked {
  readonly commit: Sha;
  readonly tree: Sha;
}

/** The target's checks and their outcome on the target as it is. */
export interface Baseline {
  readonly checks: readonly Check[];
  readonly outcomes: readonly CheckOutcome[];
  /** Names of checks that fail already. */
  readonly red: readonly string[];
  /** Test checks that pass without running a single test: they prove nothing. */
  readonly hollow: readonly string[];
  /** Why the checks could not be prepared, which may be the network's fault and worth another try; else null. */
  readonly unprepared: string | null;
  readonly notes: readonly string[];
}

/** A pick that a check rejects, with what it breaks; `because` names the culprit it builds on. */
export interface RejectedPick {
  readonly sha: Sha;
  readonly found: NewFailures;
  readonly because: Sha | null;
}

/** What validation leaves: a chain whose tip breaks nothing, the picks it cost, the checks that prove it. */
export interface Validated {
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
  readonly rejected: readonly RejectedPick[];
  /** Checks that ran, or were remembered, on the chain's tip. */
  readonly checks: readonly string[];
  /** Tracked files that the checks changed in the worktree: then the proof is not about what lands. */
  readonly changed: readonly string[];
  readonly notes: readonly string[];
}

/** True for a test check that passed without running a single test. */
export const isHollow = ({ kind, status, tests }: CheckOutcome): boolean =>
  kind === 'test' && status === 'passed' && tests !== null && tests.passed + tests.failed === 0;
