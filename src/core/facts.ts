import type { CheckOutcome } from './check.js';
import type { Sha } from './commit.js';
import type { ChainStage } from './config.js';
import type { IncomingCommit, RunReport } from './enhancement.js';
import type { Lane } from './lane.js';

/** Which refs a landing moves, written down before they move so that a killed run can be finished. */
export interface LandingRef {
  readonly ref: string;
  /** Null: the ref did not exist. */
  readonly before: Sha | null;
  readonly after: Sha;
}

/** A pick that a landing carries: which commit of the sibling became which commit of the target. */
export interface LandedPick {
  readonly origin: Sha;
  readonly pick: Sha;
}

/** What AutoSync knows of a sibling from its last good pass. */
export interface SiblingState {
  readonly name: string;
  readonly tip: Sha | null;
  readonly branch: string | null;
  /** When it last answered: ISO 8601, UTC; null when it never did. */
  readonly seenAt: string | null;
  readonly error: string | null;
  readonly notes: readonly string[];
  /** Hash of everything the rows depend on (tip, target head, policy): equal means nothing is new. */
  readonly key: string;
}

/** A run in the history, without its commits. */
export interface RunState {
  readonly run: string;
  readonly command: RunReport['command'];
  readonly dryRun: boolean;
  readonly startedAt: string;
  /** Null while it runs, and after a kill. */
  readonly endedAt: string | null;
  readonly outcome: 'running' | 'done' | 'partly' | 'failed' | 'cancelled';
  readonly targetBefore: Sha;
  readonly targetAfter: Sha | null;
  /** Counts by standing, for the KPI panel and `status`. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A landing in the history; `undo` reverses the newest of a run. */
export interface LandingState {
  readonly id: string;
  readonly run: string;
  readonly sibling: string;
  readonly at: string;
  /** `abandoned`: planned, but the refs had not moved when the next run looked. */
  readonly phase: 'planned' | 'done' | 'undone' | 'abandoned';
  readonly how: 'auto-merge' | 'review' | 'apply' | 'undo';
  readonly refs: readonly LandingRef[];
  readonly picks: readonly LandedPick[];
  /** Page of the pull request by which it landed; absent: it landed without one. */
  readonly pullRequest?: string;
}

/**
 * A pull request by which work of a sibling lands on a forge, by the branch it brings: there is one at a time. Written
 * down before the branch is pushed, so that a killed run finds what is its own.
 */
export interface PullRequestState {
  /** `autosync/<sibling>/<lane>` on the forge. */
  readonly branch: string;
  readonly sibling: string;
  readonly lane: Lane;
  /** Commits that AutoSync put there, or was about to, newest last: anything else there is a person's. */
  readonly tips: readonly Sha[];
  /** The target's branch that the newest of them builds on, and the tree it leads to. */
  readonly base: Sha;
  readonly tree: Sha;
  /** Enhancements it carries; a pick of its own only where one stands on the branch. */
  readonly picks: readonly LandedPick[];
  /** The run that put them there. */
  readonly run: string;
  /** Null until the forge has said it. */
  readonly number: number | null;
  readonly page: string | null;
  /** `withdrawn`: AutoSync closed it, because nothing of it is left to offer. */
  readonly state: 'planned' | 'open' | 'merged' | 'closed' | 'withdrawn';
  /** ISO 8601, UTC: when the state was last seen to change. */
  readonly at: string;
  /** Logins of people who approved the newest of them, in order; absent: nobody. */
  readonly approvedBy?: readonly string[];
  /** True when AutoSync asked for its merge: whoever finds it merged later holds that against the validated tree. */
  readonly merging?: true;
  /** The tree that its merge led to, when that is not the validated one: auto-merge pauses until a person has looked. */
  readonly alarm?: { readonly expected: Sha; readonly found: Sha };
}

/** One stage of the target's CI/CD chain, as it was last seen. */
export interface StageState {
  readonly stage: ChainStage;
  readonly state: 'running' | 'passed' | 'failed' | 'cancelled' | 'skipped';
  /** Its page on the forge, of a job that failed when one did; null when the forge has none. */
  readonly page: string | null;
}

/**
 * The target's CI/CD chain after a landing: a run looks where it is, does what is due, and the next run goes on. Written
 * down before anything is done, so that a killed run finds where it was.
 */
export interface ChainState {
  /** Where the landing left the target's branch; there is one chain for it. */
  readonly head: Sha;
  /** The run that landed, and its landings. */
  readonly run: string;
  readonly landings: readonly string[];
  /** ISO 8601, UTC: when it began to be followed. */
  readonly since: string;
  /** `abandoned`: nothing ran, it was cancelled, or it took longer than the policy has patience for. */
  readonly state: 'running' | 'passed' | 'failed' | 'abandoned';
  /** The workflow that is started for it; null follows the runs of the push. */
  readonly workflow: string | null;
  /** The commit whose runs are looked at, and the newest run that was there before, which is not ours; null: not started yet. */
  readonly watched: { readonly head: Sha; readonly after: number } | null;
  /** Stages that were seen, in their order. */
  readonly stages: readonly StageState[];
  /** Attempts of runs of the forge that were run again: each run once. */
  readonly retried: readonly { readonly run: number; readonly attempt: number }[];
  /** Stages whose failure was told. */
  readonly told: readonly ChainStage[];
  /** Number of the pull request that takes the landing back; null when none was opened. */
  readonly revert: number | null;
  /** Number of the pull request that brings the report; null when none was opened. */
  readonly report: number | null;
  /** Where it is, or how it ended, in a sentence. */
  readonly outcome: string;
}

/** A person's word on a commit of a sibling. */
export interface Decision {
  readonly sibling: string;
  readonly sha: Sha;
  /** `git patch-id --stable`, so that a decision survives the sibling's rebase; null for an empty change. */
  readonly patchId: string | null;
  readonly subject: string;
  readonly kind: 'declined' | 'approved';
  readonly by: string;
  readonly because: string;
  readonly at: string;
  /** ISO 8601; null: for good. */
  readonly until: string | null;
}

/** One conflicted file as a person resolved it: by a text, or by keeping a side. */
export type ResolutionFile = ResolutionText | ResolutionSide;

/** A conflicted file that was given a text, or deleted. */
export interface ResolutionText {
  readonly path: string;
  /** The target's version it was resolved against; null when the target did not have the file. */
  readonly ours: Sha | null;
  /** The whole resolved content; null: the file is deleted. */
  readonly text: string | null;
  /** How the text becomes bytes again. Default: UTF-8. */
  readonly encoding?: 'latin1';
}

/** A conflicted file of which one side was kept as it is, bytes and mode. It holds for just these two versions. */
export interface ResolutionSide {
  readonly path: string;
  /** Null: the target did not have the file. */
  readonly ours: Sha | null;
  /** Null: the sibling's commit deletes the file. */
  readonly theirs: Sha | null;
  readonly keep: 'ours' | 'theirs';
}

/** How a person resolved the conflicts of a commit of a sibling. */
export interface Resolution {
  readonly sibling: string;
  readonly sha: Sha;
  /** `git patch-id --stable`, so that it survives the sibling's rebase; null when there is none. */
  readonly patchId: string | null;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly files: readonly ResolutionFile[];
}

/** A row of the store: an incoming commit of a named sibling. */
export interface StoredCommit {
  readonly sibling: string;
  readonly commit: IncomingCommit;
}

/**
 * Everything the store is told, one fact a journal line. Applying a fact twice must equal applying it once.
 */
export type Fact =
  | { readonly kind: 'run'; readonly run: RunState }
  | { readonly kind: 'sibling'; readonly sibling: SiblingState }
  | {
      readonly kind: 'commits';
      readonly sibling: string;
      readonly run: string;
      readonly replace: boolean;
      readonly commits: readonly IncomingCommit[];
    }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'decision-withdrawn'; readonly sibling: string; readonly sha: Sha }
  | { readonly kind: 'resolution'; readonly resolution: Resolution }
  | { readonly kind: 'pull-request'; readonly pullRequest: PullRequestState }
  | { readonly kind: 'landing'; readonly landing: LandingState }
  | { readonly kind: 'chain'; readonly chain: ChainState }
  | {
      readonly kind: 'check';
      readonly key: string;
      readonly tree: Sha;
      readonly outcome: CheckOutcome;
      readonly at: string;
    };

/** How the state was found when it was opened. */
export interface StoreHealth {
  readonly source: 'new' | 'database' | 'journal' | 'mirror' | 'backup' | 'trailers';
  /** Sentences for the user: what was damaged, where it was kept, what it was rebuilt from. */
  readonly notes: readonly string[];
  readonly generation: number;
}
