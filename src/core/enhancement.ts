import type { Sha } from './commit.js';
import type { ProblemCode } from './errors.js';
import type { Risk } from './risk.js';
import type { DroppedFile, Evidence, Standing } from './standing.js';

/** Outcome of the in-memory cherry-pick of the whole commit, alone, on the target's head. */
export type Forecast = 'clean' | 'conflict' | 'empty';

/** What AutoSync says of an enhancement. */
export type Verdict = 'auto-merge' | 'review' | 'rejected';

/**
 * One incoming commit and all that is known about it: the row that `scan --json` and `sync --json`
 * print (design: contract), that the store keeps and that every view shows. Text from the sibling
 * is already sanitised.
 */
export interface IncomingCommit {
  readonly sha: Sha;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601, UTC: when it was written on the sibling. */
  readonly date: string;
  readonly type: string | null;
  readonly scope: string | null;
  readonly breaking: boolean;
  readonly standing: Standing;
  /** One sentence a person can read. */
  readonly reason: string;
  readonly evidence: Evidence;
  /** Null when a rule dropped the commit before it was tried. */
  readonly forecast: Forecast | null;
  readonly files: { readonly kept: readonly string[]; readonly dropped: readonly DroppedFile[] };
  /** True when a rule took some of its files away. */
  readonly partial: boolean;
  readonly risk: Risk | null;
  readonly vetoes: readonly string[];
  readonly verdict: Verdict | null;
  /** The commit in the target, once landed. */
  readonly landed: Sha | null;
  readonly pullRequest: string | null;
  /** Who resolved its conflicts and when (ISO 8601, UTC); absent when nobody had to. */
  readonly resolved?: { readonly by: string; readonly at: string };
  /** ISO 8601, UTC: when it came to its standing; absent when it did before such moments were kept. */
  readonly since?: string;
  /** What the target's CI made of it after it landed, in a sentence; absent when that is not followed. */
  readonly ci?: string;
}

/** What a run says of one sibling. */
export interface SiblingReport {
  readonly name: string;
  readonly branch: string | null;
  readonly tip: Sha | null;
  /** What went wrong with this sibling, with the way out; null when all went well. */
  readonly error: string | null;
  /** The code of that error, when it has one. */
  readonly errorCode?: ProblemCode;
  /** Things worth knowing that are no error: a force-push, retries, unrelated history, a shallow clone. */
  readonly notes: readonly string[];
  /** True when nothing had changed since the last run, so that the stored rows were repeated. */
  readonly unchanged: boolean;
  readonly commits: readonly IncomingCommit[];
}

/** Result of `scan` and `sync`: printed by `--json`, kept by the store, rendered by every view. */
export interface RunReport {
  readonly run: string;
  readonly command: 'scan' | 'sync' | 'apply' | 'undo';
  readonly dryRun: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly target: { readonly branch: string; readonly head: Sha; readonly landedHead: Sha };
  readonly siblings: readonly SiblingReport[];
  /** What the target itself has to say: a red baseline, a check that could not run, a branch that could not be merged. */
  readonly notes: readonly string[];
  /** Why a run that was to validate and land only looked; absent when nothing was held back. The first of `notes`. */
  readonly held?: string;
}
