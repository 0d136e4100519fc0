import type { Sha } from './commit.js';

/** Where an incoming commit is now; every one has exactly one (design: product, "Words"). */
export type Standing =
  | 'filtered'
  | 'present'
  | 'cancelled'
  | 'waiting'
  | 'conflict'
  | 'candidate'
  | 'rejected'
  | 'review'
  | 'landed'
  | 'declined';

/** Every standing, in the order in which reports list them: what waits for a person first. */
export const STANDINGS: readonly Standing[] = [
  'review',
  'conflict',
  'rejected',
  'candidate',
  'waiting',
  'landed',
  'present',
  'cancelled',
  'declined',
  'filtered',
];

/** Rung of the equivalence ladder on which a commit was found in the target. */
export type PresentBy = 'ancestor' | 'origin-trailer' | 'patch-id' | 'context-free-patch-id' | 'no-change';

/** A path that a rule dropped from a commit, with the rule in words. */
export interface DroppedFile {
  readonly path: string;
  readonly rule: string;
}

/** A region of a file in which the pick and the target disagree. Lines are 1-based, in the target's version. */
export interface ConflictHunk {
  readonly line: number;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** One conflicted path, with who last touched it on either side. */
export interface ConflictFile {
  readonly path: string;
  /** git's own word for it: `contents`, `modify/delete`, `add/add`, `rename/delete`, `binary`, ... */
  readonly type: string;
  readonly hunks: readonly ConflictHunk[];
  readonly lastAuthorHere: string | null;
  readonly lastAuthorThere: string | null;
}

/** An earlier commit of the sibling that touches a conflicted path and that the target lacks. */
export interface Prerequisite {
  readonly sha: Sha;
  readonly subject: string;
  readonly standing: Standing;
  readonly paths: readonly string[];
}

/** One new failure of a check: only what the baseline lacks. */
export interface Failure {
  readonly check: string;
  /** Test name, or error code; what the failure is recognised by together with file and message. */
  readonly name: string;
  readonly file: string | null;
  readonly message: string;
}

/** Why a commit has its standing: machine-readable, one shape per kind. */
export type Evidence =
  | { readonly kind: 'rule'; readonly rule: string; readonly files: readonly DroppedFile[] }
  | { readonly kind: 'present'; readonly by: PresentBy; readonly in: Sha | null }
  | { readonly kind: 'cancelled'; readonly by: Sha }
  | {
      readonly kind: 'waiting';
      readonly because: 'min-age' | 'cap' | 'schedule' | 'unreachable';
      readonly until: string | null;
    }
  | {
      readonly kind: 'conflict';
      readonly files: readonly ConflictFile[];
      readonly prerequisites: readonly Prerequisite[];
    }
  | { readonly kind: 'candidate'; readonly tree: Sha; readonly needs: readonly Sha[] }
  | {
      readonly kind: 'rejected';
      readonly failures: readonly Failure[];
      readonly because: Sha | null;
      /** An earlier commit without which it breaks nothing; that one stays. */
      readonly together?: Sha;
    }
  | {
      readonly kind: 'review';
      readonly branch: string;
      readonly pick: Sha;
      readonly tree: Sha;
      readonly checks: readonly string[];
      /** What failed and passed on this very tree, by name; absent: nothing. */
      readonly flaky?: readonly string[];
      /** Failures of the target that are gone with it, and with what is offered together with it; absent: none. */
      readonly fixed?: readonly Failure[];
    }
  | { readonly kind: 'landed'; readonly pick: Sha; readonly tree: Sha; readonly how: 'auto-merge' | 'apply' | 'person' }
  | { readonly kind: 'declined'; readonly by: string; readonly because: string; readonly until: string | null };
