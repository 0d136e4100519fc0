import type { Sha } from './commit.js';
import type { IncomingCommit } from './enhancement.js';

/** A file in two versions; null where it does not exist. */
export interface PreviewFile {
  readonly path: string;
  readonly before: Sha | null;
  readonly after: Sha | null;
  /** What a text diff does not show: `now executable`, `a symbolic link`, `a submodule`; empty when there is nothing. */
  readonly note: string;
}

/** What landing a commit would change. Blobs are read with `Engine.blob`. */
export interface Preview {
  readonly sibling: string;
  readonly commit: IncomingCommit;
  /** The target's head, and what the pick would make of it; files that conflict are absent here. */
  readonly target: readonly PreviewFile[];
  /** The sibling's own commit: before and after it. */
  readonly own: readonly PreviewFile[];
  /** Paths in which the pick conflicts. */
  readonly conflicts: readonly string[];
  /** Lockfiles that a run makes anew from the merged manifests, and that `target` leaves as they are. Absent: none. */
  readonly unmade?: readonly string[];
}

/** Content of a blob. */
export type BlobContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: number }
  | { readonly kind: 'too-big'; readonly bytes: number };

/** A conflicted file in three versions. */
export interface ConflictVersions {
  readonly path: string;
  /** git's own word: `contents`, `modify/delete`, ... */
  readonly type: string;
  readonly base: Sha | null;
  readonly ours: Sha | null;
  readonly theirs: Sha | null;
  /** The merge with conflict markers; null when there is none that a person could edit (binary, deleted on a side). */
  readonly merged: Sha | null;
}

/** All that is needed to resolve the conflicts of a commit. */
export interface ConflictMaterial {
  readonly sibling: string;
  readonly commit: IncomingCommit;
  readonly files: readonly ConflictVersions[];
}

/** A side of a conflict: the target, or the sibling. */
export type ConflictSide = 'ours' | 'theirs';

/** How a person resolved one conflicted file: by a text, where null deletes it, or by keeping what one side has. */
export type ResolvedFile =
  | { readonly path: string; readonly text: string | null }
  | { readonly path: string; readonly keep: ConflictSide };
