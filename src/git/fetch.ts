import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { FetchedSibling, SiblingTip } from '../core/gitPort.js';
import { ContentCache } from './contentCache.js';
import { fetchUnchecked, lacksObjects } from './fetchUnchecked.js';
import { fetchArguments, networkCall, type Remote, withRetry } from './lsRemote.js';
import type { Quarantine } from './quarantine.js';
import { askGit, runGit } from './run.js';

/**
 * Complaints of `git fsck` that harmless old histories are full of; everything else refuses the fetch
 * (git-fsck(1), "FSCK MESSAGES"; design: reliability, T5).
 */
const HARMLESS = [
  'zeroPaddedFilemode',
  'missingSpaceBeforeDate',
  'missingSpaceBeforeEmail',
  'missingNameBeforeEmail',
  'missingEmail',
  'badEmail',
  'badName',
  'badTimezone',
  'badDate',
  'badDateOverflow',
  'zeroPaddedDate',
  'missingTaggerEntry',
  'badTagName',
  'badFilemode',
  'nulInCommit',
];

/** The same as settings for a fetch: what was let into the quarantine must also get out of it. */
export const TOLERANT: readonly string[] = HARMLESS.map((id) => `fetch.fsck.${id}=ignore`);

/** Where a sibling's branch is kept in the quarantine. */
export function siblingRef(name: string): string {
  return `refs/autosync/siblings/${name}`;
}

/** Where a fetch goes before anybody has looked at what came: nothing that is decided on reads it. */
const unseenRef = (name: string): string => `refs/autosync/unseen/${name}`;

const readRef = async (quarantine: Quarantine, ref: string): Promise<Sha | null> => {
  const { exit, out } = await askGit({
    place: quarantine.place,
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    expect: [0, 1, 128],
  });
  return exit === 0 ? out.trim() : null;
};

const descends = async (quarantine: Quarantine, ancestor: Sha, tip: Sha): Promise<boolean> =>
  (await askGit({ place: quarantine.place, args: ['merge-base', '--is-ancestor', ancestor, tip], expect: [0, 1, 128] }))
    .exit === 0;

const isShallow = (quarantine: Quarantine): boolean => existsSync(join(quarantine.place.gitDir, 'shallow'));

/** Where two histories parted; remembered, because commits never change, unless a shallow end may still move. */
async function mergeBase(quarantine: Quarantine, cache: ContentCache, head: Sha, tip: Sha): Promise<Sha | null> {
  const key = ContentCache.key('merge-base', head, tip);
  const known = isShallow(quarantine) ? undefined : cache.get(key);
  if (known !== undefined) return known === '-' ? null : known;
  const { exit, out } = await askGit({ place: quarantine.place, args: ['merge-base', head, tip], expect: [0, 1] });
  const base = exit === 0 ? out.trim() : null;
  if (!isShallow(quarantine)) cache.set(key, base ?? '-');
  return base;
}

/** Looks at what a fetch brought, before anything unfolds it. Throws `sibling-evil`. */
export type Inspect = (tip: Sha) => Promise<void>;

/**
 * Brings a sibling's branch into the quarantine; only what the target lacks crosses the wire, and it gets its name only
 * once `inspect` has passed it: a run that is killed before leaves nothing that the next one would believe.
 * Nothing crosses, and no git is started, when the tip is there already. Throws the `sibling-*` problems.
 */
export async function fetchSibling(
  quarantine: Quarantine,
  cache: ContentCache,
  remote: Remote,
  tip: SiblingTip,
  head: Sha,
  look: { readonly inspect: Inspect; readonly signal: AbortSignal },
): Promise<FetchedSibling> {
  const ref = siblingRef(remote.name);
  const isThere = quarantine.refs.get(ref) === tip.tip;
  const before = isThere ? tip.tip : await readRef(quarantine, ref);
  const {
    attempts,
    incomplete,
    now = tip.tip,
  } = before === tip.tip
    ? { attempts: tip.attempts, incomplete: false }
    : await bring(quarantine, remote, tip, head, look);
  const forced = before !== null && before !== now && !(await descends(quarantine, before, now));
  return {
    tip: now,
    branch: tip.branch,
    attempts,
    incomplete,
    forcedFrom: forced ? before : null,
    mergeBase: await mergeBase(quarantine, cache, head, now),
    shallow: isShallow(quarantine),
  };
}

/** What the last fetch of a sibling left here; null when there was none. Asks nobody. */
export async function lastFetched(
  quarantine: Quarantine,
  cache: ContentCache,
  sibling: string,
  head: Sha,
): Promise<FetchedSibling | null> {
  const tip = await readRef(quarantine, siblingRef(sibling));
  if (tip === null) return null;
  return {
    tip,
    branch: '',
    attempts: 0,
    incomplete: false,
    forcedFrom: null,
    mergeBase: await mergeBase(quarantine, cache, head, tip),
    shallow: isShallow(quarantine),
  };
}

type Brought = { readonly attempts: number; readonly incomplete: boolean };

/** Fetches, looks, and gives what came its name; what is refused leaves no ref behind. */
async function bring(
  quarantine: Quarantine,
  remote: Remote,
  tip: SiblingTip,
  head: Sha,
  { inspect, signal }: { readonly inspect: Inspect; readonly signal: AbortSignal },
): Promise<Brought & { readonly now: Sha }> {
  const unseen = unseenRef(remote.name);
  const { place } = quarantine;
  try {
    const brought = await transfer(quarantine, remote, tip, head, signal);
    const now = (await readRef(quarantine, unseen)) ?? tip.tip;
    await inspect(now);
    const input = `update ${siblingRef(remote.name)} ${now}\ndelete ${unseen}\n`;
    await runGit({ place, args: ['update-ref', '--stdin'], input });
    return { ...brought, now };
  } catch (error) {
    await runGit({ place, args: ['update-ref', '-d', unseen] });
    throw error;
  }
}

async function transfer(
  quarantine: Quarantine,
  remote: Remote,
  tip: SiblingTip,
  head: Sha,
  signal: AbortSignal,
): Promise<Brought> {
  const ref = unseenRef(remote.name);
  const args = fetchArguments(remote, tip.branch, ref);
  try {
    const { attempts } = await withRetry(remote, signal, () =>
      runGit({ ...networkCall(remote, args, signal), place: quarantine.place, settings: TOLERANT }),
    );
    return { attempts: Math.max(attempts, tip.attempts), incomplete: false };
  } catch (error) {
    if (!(error instanceof AutoSyncError) || !lacksObjects(error.message)) throw error;
    await fetchUnchecked(quarantine, remote, { branch: tip.branch, ref }, head, signal);
    return { attempts: tip.attempts, incomplete: true };
  }
}
