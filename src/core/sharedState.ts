import type { Sha } from './commit.js';
import { checkBranchName } from './safeInput.js';

/** What all refs begin with on which states are shared. No clone fetches them by itself, and no workflow starts by them. */
const SHARED_PREFIX = 'refs/autosync/state/';

/**
 * The ref of the target's remote that keeps what is remembered of one sibling for one branch. The sibling comes first: it
 * has no `/`, so that two such refs are in each other's way only when the branches are. Throws `unsafe-input`.
 */
export function sharedStateRef(sibling: string, branch: string): string {
  return `${SHARED_PREFIX}${checkBranchName(`${sibling}/${checkBranchName(branch)}`)}`;
}

/** What of a ref a workspace has seen: a push replaces just that. */
export interface SharedBase {
  /** The commit that was there; null: there was none. */
  readonly commit: Sha | null;
  /** True when its state was not taken. Then the next one keeps it as its parent, so that a person can look at it. */
  readonly refused: boolean;
}

/**
 * What came of a ref. Of a fetch: `taken`; `own` (this workspace remembers the sibling already, so nothing was taken);
 * `refused` (damaged or foreign; of a push: it cannot be replaced). Of a push: `kept`; `empty` (nothing is remembered); `lost` (somebody else was first);
 * `open` (not put there, because anybody could read it and siblings are read with a token of their own).
 * Of both: `none` (nothing is there); `same` (nothing to do); `newer` (a newer AutoSync wrote what is there).
 */
export type SharedOutcome =
  | 'taken'
  | 'own'
  | 'refused'
  | 'kept'
  | 'empty'
  | 'lost'
  | 'open'
  | 'none'
  | 'same'
  | 'newer';

/** What `state` did with one sibling's ref. */
export interface SharedStateRow {
  readonly sibling: string;
  readonly ref: string;
  readonly outcome: SharedOutcome;
  /** Why it was not taken, in words; null when there is nothing to say. */
  readonly why: string | null;
}

/** Result of `state`. */
export interface SharedStateReport {
  readonly direction: 'fetch' | 'push';
  readonly siblings: readonly SharedStateRow[];
  /** What was found of this workspace's own state when it was opened: damage, and from what it was rebuilt. */
  readonly notes: readonly string[];
}
