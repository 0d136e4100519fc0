import type { Sha } from './commit.js';
import type { Verdict } from './enhancement.js';
import type { LandingState, RunState, StoreHealth } from './facts.js';
import type { SiblingStatus } from './reports.js';
import type { Standing } from './standing.js';

/** An incoming commit as a list shows it: without what only a closer look needs. Text is sanitised. */
export interface IncomingRow {
  readonly sibling: string;
  readonly sha: Sha;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601, UTC: when it was written on the sibling. */
  readonly date: string;
  readonly type: string | null;
  readonly breaking: boolean;
  readonly standing: Standing;
  readonly verdict: Verdict | null;
  /** Score; null when the commit was not judged. */
  readonly risk: number | null;
  readonly partial: boolean;
  /** How many files it would change, and how many of its files a rule dropped. */
  readonly kept: number;
  readonly dropped: number;
  readonly pullRequest: string | null;
  /** True when a person resolved its conflicts, so that it picks. */
  readonly resolved?: true;
  /** The rule that filtered it; absent when none did. */
  readonly rule?: string;
}

/** One sibling without its commits. */
export interface SiblingOverview extends Omit<SiblingStatus, 'waiting'> {
  /** Where the sibling's commits can be read in a browser, `<address>/commit/`; null for a folder or an unknown host. */
  readonly commitPage: string | null;
  /** Folder of a sibling on this machine, absolute; null for a URL. */
  readonly folder: string | null;
}

/** Where what AutoSync lands goes. `server`: scheme, host and port of the forge that was looked for. */
export type LandingPlace =
  /** By pull requests into `repository` (`owner/name`) on the forge. */
  | { readonly kind: 'forge'; readonly repository: string; readonly server: string }
  /** On branches of the target here. */
  | { readonly kind: 'branches'; readonly lacksToken: string | null; readonly server: string }
  /** By pull requests as before, and there is no token for it any more: they wait, and nothing lands. */
  | { readonly kind: 'signed-out'; readonly lacksToken: string; readonly server: string }
  /** The policy wants pull requests, and there is no forge or no token for it. */
  | { readonly kind: 'nowhere'; readonly lacksToken: string | null; readonly server: string };

/** Everything the editor keeps in mind of one target. */
export interface Overview {
  readonly target: { readonly root: string; readonly branch: string; readonly head: Sha };
  /** `lacksToken` in it: the repository that work would land in, were there a token for it. */
  readonly lands: LandingPlace;
  readonly siblings: readonly SiblingOverview[];
  readonly rows: readonly IncomingRow[];
  readonly lastRun: RunState | null;
  /** When the siblings were last asked, with or without news: ISO 8601, UTC; null when never. */
  readonly checkedAt: string | null;
  /** `schedule.every`, in milliseconds. */
  readonly every: number;
  /** Runs that landed something and were not undone, newest first. */
  readonly landings: readonly LandingState[];
  readonly health: StoreHealth;
  /** True when some process held the right to write the state when this was read: a run works, here or elsewhere. */
  readonly busy?: boolean;
}

/** An open commit that would change a path. */
export interface PathOrigin {
  readonly sibling: string;
  readonly sha: Sha;
}

/** Open commits by the paths that they would change, relative to the root of the target. */
export type IncomingPaths = Readonly<Record<string, readonly PathOrigin[]>>;
