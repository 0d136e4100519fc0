import type { CheckReader } from './config.js';
import type { SmokePlan } from './smoke.js';
import type { Failure } from './standing.js';

/** One command of the target's own validation, as detected or listed. */
export interface Check {
  readonly name: string;
  /** What its failures count as in the risk. */
  readonly kind: 'type-check' | 'lint' | 'build' | 'test' | 'smoke' | 'other';
  /** A command line for `/bin/sh -c`, run in the root of the worktree. */
  readonly run: string;
  readonly reads: CheckReader;
  /** Why this command was chosen, for `doctor`: for example `package.json script "test"`. */
  readonly because: string;
  /** True: it writes nothing that another check reads, so that it may run beside others of the kind. Default: false. */
  readonly readsOnly?: true;
  /** Set for an app that is started and asked; `run` starts it. */
  readonly smoke?: SmokePlan;
}

/** The checks of a target and how its dependencies are installed. */
export interface Toolchain {
  /** Ordered: cheap and decisive first. */
  readonly checks: readonly Check[];
  /** Null when nothing has to be installed. `key` is the content that decides whether to install again. */
  readonly install: { readonly command: string; readonly key: string; readonly because: string } | null;
  /** What was looked for and not found, in words. */
  readonly notes: readonly string[];
}

/** How one check ended on one tree. */
export interface CheckOutcome {
  readonly check: string;
  readonly kind: Check['kind'];
  readonly status: 'passed' | 'failed' | 'timed-out' | 'could-not-run';
  readonly exit: number | null;
  readonly failures: readonly Failure[];
  /** Tests that ran, when the reader counts them. */
  readonly tests: { readonly passed: number; readonly failed: number } | null;
  readonly milliseconds: number;
  /** The end of what it printed, colours and control characters stripped, at most 16 KiB. */
  readonly output: string;
  /** True when the outcome was remembered, not run. */
  readonly cached: boolean;
  /** What failed in one run and not in another of the same tree, by name; absent: nothing flipped. */
  readonly flaky?: readonly string[];
  /** True when it was run more than once on this tree, and `failures` are those of every run. */
  readonly confirmed?: true;
}

/** How two outcomes of one tree differ from a pick's point of view. */
export interface NewFailures {
  readonly failures: readonly Failure[];
  readonly typeErrors: number;
  readonly testFailures: number;
  /** Failures of the baseline that are gone. */
  readonly fixed: readonly Failure[];
}
