import type { CheckReader } from './config.js';
import type { SmokePlan } from './smoke.js';
import type { Failure } from './standing.js';
import type { Workspace } from './workspace.js';

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
  /** True: it leaves files that later checks may run, as a build does. Default: only a build does. */
  readonly emits?: true;
  /** True: names of test files, added to the end of `run`, make it run those alone. Default: false. */
  readonly takesFiles?: true;
  /** Set for an app that is started and asked; `run` starts it. */
  readonly smoke?: SmokePlan;
  /** Folder of the one workspace package that it checks: files it prints are relative to that. Absent: the whole project. */
  readonly package?: string;
  /** The same check for one package each, dependencies first: what can stand in for it where only some packages matter. */
  readonly spread?: readonly Check[];
}

/** How the dependencies of a target are installed. */
export interface InstallPlan {
  readonly command: string;
  /** The content that decides whether to install again. */
  readonly key: string;
  readonly because: string;
  /** The program that has to be on the search path. */
  readonly needs?: string;
  /** Set where a lockfile may be in an older format than the program writes: what installs from it, and rewrites it. */
  readonly older?: { readonly lockfile: string; readonly command: string };
  /** Settings files by name, put into the home folder that the install is given. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The checks of a target and how its dependencies are installed. */
export interface Toolchain {
  /** Ordered: cheap and decisive first. */
  readonly checks: readonly Check[];
  /** Null when nothing has to be installed. */
  readonly install: InstallPlan | null;
  /** What was looked for and not found, in words. */
  readonly notes: readonly string[];
  /** The packages of a workspace; absent when there is none, or when it is not clear what belongs to it. */
  readonly workspace?: Workspace;
  /** Set when the checks are those of some packages only: which, in words. */
  readonly narrowed?: string;
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
  /** How chance was excluded: its failures were seen often enough in runs of their files `alone`, or of the `whole` check. */
  readonly sure?: 'alone' | 'whole';
}

/** How two outcomes of one tree differ from a pick's point of view. */
export interface NewFailures {
  readonly failures: readonly Failure[];
  readonly typeErrors: number;
  readonly testFailures: number;
  /** Failures of the baseline that are gone. */
  readonly fixed: readonly Failure[];
}
