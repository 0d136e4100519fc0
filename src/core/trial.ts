import type { Commit, Sha } from './commit.js';
import type { ResolutionFile } from './facts.js';

/** A pick to try alone, with what the conflict markers call the two sides. */
export interface PickTrial {
  readonly commit: Commit;
  /** Limits the pick to some of its paths. */
  readonly keep?: readonly string[];
  readonly resolution?: readonly ResolutionFile[];
  readonly labels: { readonly ours: string; readonly theirs: string };
}

/** A version of a file in a merge. */
export interface FileVersion {
  readonly mode: string;
  readonly oid: Sha;
}

/** A conflicted file of a pick that was tried. */
export interface TriedConflict {
  readonly path: string;
  /** git's own word: `contents`, `modify/delete`, ... */
  readonly type: string;
  readonly base: FileVersion | null;
  readonly ours: FileVersion | null;
  readonly theirs: FileVersion | null;
  /** Blob of the merge with conflict markers; null when there is none that a person could edit. */
  readonly merged: Sha | null;
  /** How a resolved text becomes bytes: as the target's version is encoded, else the sibling's; null when it is no text. */
  readonly encoding: 'utf8' | 'latin1' | null;
  /** The versions of both sides, as far as they are text. */
  readonly texts: readonly string[];
  /** The paths at which the tree holds it: another than its own where a file and a folder clash. */
  readonly names: readonly string[];
}

/** What a pick makes of a tree. With conflicts, the tree is no tree to land: it holds git's conflict markers. */
export interface TriedPick {
  readonly tree: Sha;
  readonly conflicts: readonly TriedConflict[];
}

/** A path that differs between two trees; modes and blobs are null where it does not exist. */
export interface TreeChange {
  readonly path: string;
  readonly before: FileVersion | null;
  readonly after: FileVersion | null;
  /** The path it was renamed to or from; null when it was not. */
  readonly renamed: string | null;
}
