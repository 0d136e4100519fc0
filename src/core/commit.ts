/** Object name of a git commit, tree or blob: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export type Sha = string;

/** What happened to one path between a commit and its first parent; renames appear as a `D` and an `A` (git's `--no-renames`). */
export type ChangeStatus = 'A' | 'M' | 'D' | 'T';

/** One changed path, as `git log --raw --no-abbrev --no-renames -z` states it. */
export interface FileChange {
  readonly status: ChangeStatus;
  readonly path: string;
  /** Octal mode before the change; `000000` when the path did not exist. */
  readonly oldMode: string;
  /** Octal mode after the change; `000000` when the path is gone. */
  readonly newMode: string;
  readonly oldBlob: Sha;
  readonly newBlob: Sha;
}

/** Who made a commit and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly seconds: number;
  /** Offset as git writes it, for example `+0200`. */
  readonly zone: string;
}

/** A commit with what changed against its first parent. Commits never change, so this may be kept by `sha`. */
export interface Commit {
  readonly sha: Sha;
  readonly tree: Sha;
  readonly parents: readonly Sha[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly subject: string;
  /** The whole message, decoded to text; never shown without `sanitize`. */
  readonly message: string;
  /** Changes against the first parent; empty for merges, which are judged by their members. */
  readonly changes: readonly FileChange[];
  /** False when a path is not UTF-8: such a path cannot be matched by a rule with certainty. */
  readonly readablePaths: boolean;
}

/** Mode of a symbolic link in a git tree. */
export const SYMLINK_MODE = '120000';

/** Mode of a submodule (gitlink) in a git tree. */
export const SUBMODULE_MODE = '160000';

/** True when git recorded more than one parent. */
export function isMerge(commit: Pick<Commit, 'parents'>): boolean {
  return commit.parents.length > 1;
}

/** The first ten digits of an object name: enough for a person, never used to look anything up. */
export function shortSha(sha: Sha): string {
  return sha.slice(0, 10);
}

/** ISO 8601 in UTC without milliseconds, clamped to what a date can hold (a commit may carry any number). */
export function isoDate(seconds: number): string {
  const clamped = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 253402300799) : 0;
  return new Date(Math.trunc(clamped) * 1000).toISOString().replace('.000Z', 'Z');
}
