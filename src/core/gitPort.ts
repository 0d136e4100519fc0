import type { Commit, Sha } from './commit.js';
import type { SiblingConfig } from './config.js';
import type { Forecast } from './enhancement.js';
import type { ResolutionFile } from './facts.js';
import type { LandingPort } from './landingPort.js';
import type { Relocked } from './lockfiles.js';
import type { ConflictFile } from './standing.js';
import type { PickTrial, TreeChange, TriedPick } from './trial.js';
import type { UpstreamPort } from './upstream.js';

/** The target as it was read at one moment; nothing of it is written. */
export interface TargetView {
  /** Real path of the working tree's root. */
  readonly root: string;
  /** Branch that is to receive work, without `refs/heads/`. */
  readonly branch: string;
  readonly head: Sha;
  readonly headTree: Sha;
  /** The repository's common git folder (objects, refs), real path. */
  readonly gitCommonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
  readonly shallow: boolean;
  /** Things to say about the target, in words: shallow clone, rebase in progress, detached head. */
  readonly notes: readonly string[];
}

/** What `ls-remote` said of a sibling's branch. */
export interface SiblingTip {
  readonly branch: string;
  readonly tip: Sha;
  /** Attempts it took, 1 when the first succeeded. */
  readonly attempts: number;
}

/** Result of bringing a sibling's branch into the quarantine. */
export interface FetchedSibling {
  readonly tip: Sha;
  readonly branch: string;
  readonly attempts: number;
  /** Tip of the last fetch when the new one does not descend from it. */
  readonly forcedFrom: Sha | null;
  /** Null when the two histories share no commit. */
  readonly mergeBase: Sha | null;
  /** True when the sibling, or the target, is a shallow clone. */
  readonly shallow: boolean;
  /** True when the target lacks objects of its own history (a partial clone), so that git could not check every link. */
  readonly incomplete: boolean;
}

/** A commit to forecast; `keep` limits the pick to some of its paths (a partial pick). */
export interface ForecastRequest {
  readonly commit: Commit;
  readonly keep?: readonly string[];
}

/** A forecast with the tree it leads to; `tree` is null when it was not needed to know the outcome. */
export interface ForecastResult {
  readonly sha: Sha;
  readonly outcome: Forecast;
  readonly tree: Sha | null;
  /** Conflicted paths, as far as they had to be known to be sure; `explainConflicts` finds all. */
  readonly conflicts: readonly string[];
}

/** One rung of the equivalence ladder that matched. */
export interface AppliedMatch {
  readonly by: 'origin-trailer' | 'patch-id' | 'context-free-patch-id';
  /** The commit of the target, and the tree it made. */
  readonly in: Sha;
  readonly tree: Sha;
  /** The AutoSync run that landed it, from its trailer; null when AutoSync did not. */
  readonly run: string | null;
  /** The commit of the target that reverted it again; null when it still stands. */
  readonly revertedBy: Sha | null;
}

/** One pick of a chain: what to pick, what of it, and the message it lands with. */
export interface PickRequest {
  readonly commit: Commit;
  readonly keep?: readonly string[];
  readonly message: string;
  /** How a person resolved its conflicts; taken where the pick conflicts in just what was resolved. */
  readonly resolution?: readonly ResolutionFile[];
}

/** Outcome of a pick on top of the picks before it. */
export type PickResult =
  | {
      readonly kind: 'picked';
      readonly sha: Sha;
      readonly pick: Sha;
      readonly tree: Sha;
      readonly paths: readonly string[];
      /** Lockfiles that were made anew from the merged manifests; absent: none. */
      readonly relocked?: readonly string[];
      /** Lockfiles that still have to be: then the pick is no pick to land. Absent: none. */
      readonly stale?: readonly string[];
    }
  | { readonly kind: 'empty'; readonly sha: Sha }
  | {
      readonly kind: 'conflict';
      readonly sha: Sha;
      readonly paths: readonly string[];
      /** Why a lockfile could not be made anew, in words; absent when the text itself conflicts. */
      readonly unmade?: string;
    };

/** Makes lockfiles anew with the target's own package manager. */
export interface Relock {
  /** The program for a lockfile and its version, on which the result depends; null when it is not here. */
  program(lockfile: string): Promise<string | null>;
  /** Makes the lockfile of a commit's tree anew from the manifests there. Throws `cancelled`. */
  make(commit: Sha, lockfile: string): Promise<Relocked>;
}

/** A chain of picks on a base: commits that exist in the quarantine only. */
export interface PickChain {
  readonly base: Sha;
  readonly tip: Sha;
  readonly tree: Sha;
  readonly results: readonly PickResult[];
}

/** Lines that a commit adds, as the secret scan reads them. */
export interface AddedFile {
  readonly path: string;
  readonly binary: boolean;
  /** True when the file was too big to read; then `lines` is empty. */
  readonly tooBig: boolean;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly added: number;
  readonly removed: number;
}

/** The git side of a run: the target read, siblings fetched into the quarantine, picks tried in memory. */
export interface GitPort extends UpstreamPort, LandingPort {
  readonly target: TargetView;
  /** A commit on `base` that changes nothing: what a pull request about conflicts brings. */
  emptyCommit(base: Sha, message: string, signal: AbortSignal): Promise<Sha>;
  /** A commit on `base` that puts a text at a path, relative to the root. */
  fileCommit(
    base: Sha,
    file: { readonly path: string; readonly text: string },
    message: string,
    signal: AbortSignal,
  ): Promise<Sha>;
  /** Asks the sibling for its tip. Throws `sibling-unreachable`, `sibling-refused`, `sibling-no-branch`, `sibling-empty`. */
  tipOf(sibling: SiblingConfig, signal: AbortSignal): Promise<SiblingTip>;
  /** Fetches that tip into `refs/autosync/siblings/<name>`. Throws the `sibling-*` problems. */
  fetch(sibling: SiblingConfig, tip: SiblingTip, signal: AbortSignal): Promise<FetchedSibling>;
  /** Commits of the sibling that the target's head lacks, oldest first in topological order, with their changes. */
  incoming(head: Sha, tip: Sha, signal: AbortSignal): Promise<readonly Commit[]>;
  /** Blob ids that stand at paths for which `denied` is true in the given trees: what a rename must not smuggle. */
  blobsAt(commits: readonly Sha[], denied: (path: string) => boolean, signal: AbortSignal): Promise<ReadonlySet<Sha>>;
  /** Path -> blob of the files of a commit for which `wanted` is true. */
  filesAt(commit: Sha, wanted: (path: string) => boolean, signal: AbortSignal): Promise<ReadonlyMap<string, Sha>>;
  /** New path -> path it was renamed or copied from, for each commit. */
  sources(commits: readonly Sha[], signal: AbortSignal): Promise<ReadonlyMap<Sha, ReadonlyMap<string, string>>>;
  /** Contents of small blobs as text: targets of symbolic links, a file of settings. */
  readTexts(blobs: readonly Sha[], signal: AbortSignal): Promise<ReadonlyMap<Sha, string>>;
  /** Which of the commits the target already has, by trailer and patch-id. */
  applied(
    head: Sha,
    tip: Sha,
    commits: readonly Commit[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Sha, AppliedMatch>>;
  /** What the last fetch of a sibling left in the quarantine; null when there was none. No network. */
  lastFetched(sibling: SiblingConfig): Promise<FetchedSibling | null>;
  /** How many commits are reachable from `tip`. */
  countCommits(tip: Sha, signal: AbortSignal): Promise<number>;
  /** `git patch-id --stable` of the commits; empty changes are absent. */
  patchIds(commits: readonly Sha[], signal: AbortSignal): Promise<ReadonlyMap<Sha, string>>;
  /** Each commit alone on `head`, in memory. */
  forecast(head: Sha, requests: readonly ForecastRequest[], signal: AbortSignal): Promise<readonly ForecastResult[]>;
  /** Lines the commits add, one diff for all of them. */
  addedLines(commits: readonly Sha[], signal: AbortSignal): Promise<ReadonlyMap<Sha, readonly AddedFile[]>>;
  /** The tree of a commit. */
  treeOf(commit: Sha): Promise<Sha>;
  /**
   * Builds a chain of picks on `base`; a conflict leaves the chain as it was and goes on with the next. No lockfile is
   * ever merged as text: without `relock` the target's stays where the pick needs another, and the pick is `stale`.
   */
  chain(base: Sha, picks: readonly PickRequest[], signal: AbortSignal, relock?: Relock): Promise<PickChain>;
  /** Explains the conflicts of commits on `head`: files, hunks, last authors on both sides. */
  explainConflicts(
    head: Sha,
    tip: Sha,
    requests: readonly ForecastRequest[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Sha, readonly ConflictFile[]>>;
  /** Picks a commit alone on `base`, conflicts and all; every object of it stays in the quarantine. */
  tryPick(base: Sha, trial: PickTrial, signal: AbortSignal): Promise<TriedPick>;
  /** What differs between two commits or trees, renames as a path that goes and one that comes; null: nothing stands there. */
  changesBetween(before: Sha | null, after: Sha, signal: AbortSignal): Promise<readonly TreeChange[]>;
  /** Commits that are here, with their changes and in the order in which they were asked for. */
  commits(shas: readonly Sha[], signal: AbortSignal): Promise<readonly Commit[]>;
  /**
   * A folder that holds exactly the tree of `commit`, outside the user's folders; the same folder at every call. What
   * package managers fill stays there, with the caches of tools; `fresh`: that goes too.
   */
  checkout(commit: Sha, signal: AbortSignal, fresh?: 'fresh'): Promise<string>;
  /** Tracked files of the worktree that differ from the commit checked out: what the checks changed. */
  worktreeChanges(commit: Sha, signal: AbortSignal): Promise<readonly string[]>;
  /** Folder of the working tree in which a branch of the target is checked out; null when it is in none. */
  checkedOutIn(branch: string): Promise<string | null>;
  /** Current value of refs of the target; null when absent. */
  readRefs(refs: readonly string[]): Promise<ReadonlyMap<string, Sha | null>>;
  /** A commit on `head` that takes away what the picks brought, or the paths that conflict. */
  revert(
    head: Sha,
    picks: readonly Sha[],
    message: string,
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: 'reverted'; readonly tip: Sha; readonly tree: Sha }
    | { readonly kind: 'conflict'; readonly pick: Sha; readonly paths: readonly string[] }
  >;
  /** Origins recorded in the trailers of the target's log: `AutoSync-Origin: NAME@SHA`. */
  origins(
    head: Sha,
    signal: AbortSignal,
  ): Promise<
    readonly { readonly sibling: string; readonly origin: Sha; readonly pick: Sha; readonly run: string | null }[]
  >;
  /** The whole message of a commit, decoded; foreign text, not sanitised. */
  messageOf(commit: Sha): Promise<string>;
  /** Full object name of an abbreviated commit known to the quarantine or the target; null when unknown or ambiguous. */
  resolve(given: string): Promise<Sha | null>;
  /** Who the user is, for decisions and as committer of picks: the target's `user.name` and `user.email`. */
  user(): Promise<{ readonly name: string; readonly email: string }>;
  /** Why the quarantine was built again when it was opened; null when it was sound or new. */
  readonly rebuilt: string | null;
  close(): Promise<void>;
}
