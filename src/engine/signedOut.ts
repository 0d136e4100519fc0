import { AutoSyncError } from '../core/errors.js';
import type { ForgeRepository } from '../core/forgePort.js';
import type { Ports, StorePort } from '../core/ports.js';

/** True when AutoSync opened pull requests for the target before. */
export const hadPullRequests = (store: Pick<StorePort, 'pullRequests'>): boolean =>
  store.pullRequests().some(({ number }) => number !== null);

/**
 * True when the target lands by pull requests so far: the store remembers some, or branches of AutoSync were seen on the
 * forge. Without a token they wait: what landed here meanwhile would be brought twice.
 */
export const landsByPullRequests = ({ store, git }: Pick<Ports, 'store' | 'git'>): boolean =>
  hadPullRequests(store) || (git.upstream()?.lanes.size ?? 0) > 0;

const WAITING = 'Signed out: pull requests wait';

const lacks = ({ owner, name }: ForgeRepository): string =>
  `There is no token for ${owner}/${name}, where this target lands by pull requests`;

const ways = ({ owner, name }: ForgeRepository): string =>
  `Sign in to GitHub in the editor, or set GITHUB_TOKEN to a token for ${owner}/${name}; "land.how": "branch" lands on local branches instead.`;

/** What a run says that looked and held everything else back. */
export const heldNote = (repository: ForgeRepository): string =>
  `${WAITING}. ${lacks(repository)}, so nothing was validated, landed or offered. ${ways(repository)}`;

/** Why a person's word is not carried out. */
export const signedOut = (repository: ForgeRepository): AutoSyncError =>
  new AutoSyncError({
    code: 'usage',
    lacks: 'token',
    what: `${WAITING}. ${lacks(repository)}.`,
    next: ways(repository),
  });
