import type { Toolchain } from './check.js';
import type { Sha } from './commit.js';
import type { IncomingCommit } from './enhancement.js';
import type { ChainState, Decision, LandingState, RunState, StoreHealth } from './facts.js';
import type { Finding } from './finding.js';
import type { Standing } from './standing.js';

/** One sibling as `status` shows it. */
export interface SiblingStatus {
  readonly name: string;
  readonly branch: string | null;
  readonly address: string;
  /** ISO 8601, UTC; null when it was never seen. */
  readonly seenAt: string | null;
  readonly error: string | null;
  readonly notes: readonly string[];
  readonly counts: Readonly<Partial<Record<Standing, number>>>;
  /** Commits that wait for a person: `review`, `conflict`, and what is validated but could not be merged. */
  readonly waiting: readonly IncomingCommit[];
}

/** Result of `status`; read from the store alone, no network. */
export interface StatusReport {
  readonly target: { readonly root: string; readonly branch: string; readonly head: Sha };
  readonly siblings: readonly SiblingStatus[];
  readonly lastRun: RunState | null;
  /** ISO 8601, UTC, from `schedule.every`; null when nothing ran yet. */
  readonly nextRun: string | null;
  /** Runs that landed something and were not undone, newest first. */
  readonly landings: readonly LandingState[];
  /** What the target's CI made of the last landings, newest first. */
  readonly chains: readonly ChainState[];
  readonly health: StoreHealth;
}

/** Result of `explain`: everything known about one incoming commit. */
export interface Explanation {
  readonly sibling: string;
  readonly commit: IncomingCommit;
  /** The whole message, sanitised. */
  readonly message: string;
  readonly decisions: readonly Decision[];
  /** Who resolved its conflicts, when (ISO 8601, UTC) and in which files; absent when nobody did. */
  readonly resolved?: { readonly by: string; readonly at: string; readonly files: readonly string[] };
  readonly landings: readonly LandingState[];
  /** What a person can do next, as commands or sentences. */
  readonly next: readonly string[];
}

/** One sibling commit in an audit. */
export interface AuditRow {
  readonly sha: Sha;
  readonly subject: string;
  /** How it is accounted for; `unaccounted` is a defect or a commit newer than the last scan. */
  readonly account: Standing | 'ancestor' | 'unaccounted';
  readonly reason: string;
}

/** Result of `audit`: every commit of every sibling accounted for, from git and the store. */
export interface AuditReport {
  readonly siblings: readonly {
    readonly name: string;
    readonly tip: Sha | null;
    readonly total: number;
    readonly counts: Readonly<Record<string, number>>;
    /** Landed commits whose trailer in the target's log disagrees with the store, and commits with no account. */
    readonly problems: readonly string[];
    readonly rows: readonly AuditRow[];
  }[];
}

/** A repository that `init` found. */
export interface Relative {
  readonly name: string;
  readonly path: string | null;
  readonly url: string | null;
  readonly branch: string | null;
  /** Why it is taken for a relative: `shares 120 commits`, `62% of the files have the same path`. */
  readonly because: string;
}

/** Result of `init`. */
export interface InitReport {
  readonly file: string;
  /** False when a configuration was there already; then nothing was written. */
  readonly written: boolean;
  readonly found: readonly Relative[];
  readonly looked: readonly string[];
}

/** What the workflow is about, before and after it is written. */
interface WorkflowFacts {
  /** Its path below the target's root. */
  readonly file: string;
  /** A line of cron, UTC. */
  readonly cron: string;
  /** Milliseconds between two starts. */
  readonly every: number;
  /** Siblings that a runner elsewhere can reach, and those that are folders of this machine. */
  readonly siblings: readonly string[];
  readonly left: readonly string[];
}

/** Result of `workflow`. */
export interface WorkflowReport extends WorkflowFacts {
  /** False when it said the same already. */
  readonly written: boolean;
}

/** What writing the workflow would do. */
export interface WorkflowPlan extends WorkflowFacts {
  /** The target's root. */
  readonly root: string;
  /** What is there: nothing, the very text, an older one of AutoSync, or one that a person changed or wrote. */
  readonly there: 'nothing' | 'same' | 'older' | 'changed';
}

/** Result of `doctor`. */
export interface DoctorReport {
  readonly findings: readonly Finding[];
  readonly toolchain: Toolchain | null;
}
