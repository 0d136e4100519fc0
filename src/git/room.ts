import type { Sha, Signature } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { TargetView } from '../core/gitPort.js';
import type { Upstream } from '../core/upstream.js';
import { adoptAttributes } from './attributes.js';
import type { ContentCache } from './contentCache.js';
import type { ForecastSetting } from './forecast.js';
import { lsTree, type TreeFile } from './lsTree.js';
import type { PickSetting } from './pen.js';
import { asDamage, noteDamage, type Quarantine } from './quarantine.js';
import type { SourceToken } from './remote.js';
import { askGit, runGit } from './run.js';
import type { UpstreamPlace } from './upstream.js';
import type { GitCapabilities } from './version.js';

/** What opening the git side needs to know. */
export interface GitOptions {
  readonly folder: string;
  /** Null: the branch that is checked out. */
  readonly branch: string | null;
  readonly remote: string;
  readonly source: SourceToken | null;
  /** Where work lands through a forge, and whether to ask it now; absent: it lands in this repository. */
  readonly upstream?: (UpstreamPlace & { readonly ask: AbortSignal | null }) | undefined;
  /** The user's cache folder; default by the platform's convention. */
  readonly cache?: string | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Everything the git side of one command works with. */
export interface Room {
  /** Its head is that of the remote's branch where work lands through a forge. */
  readonly target: TargetView;
  readonly upstream: Upstream | null;
  readonly quarantine: Quarantine;
  readonly capabilities: GitCapabilities;
  readonly forecasts: ContentCache;
  readonly outcomes: ContentCache;
  readonly ids: ContentCache;
  /** Lockfiles that were made anew. */
  readonly lockfiles: ContentCache;
  readonly options: GitOptions;
  readonly heads: Map<Sha, Promise<Head>>;
  /** Files of the target's head, which every sibling is held against. */
  readonly files: Map<Sha, Promise<ReadonlyMap<string, TreeFile>>>;
}

/** A commit that picks are tried on, read whole. */
export interface Head {
  readonly tree: Sha;
  readonly files: ReadonlyMap<string, TreeFile>;
}

/** A commit that picks are tried on, read whole; its attributes decide merges from then on. */
export async function headOf(room: Room, commit: Sha, signal: AbortSignal): Promise<Head> {
  const known = room.heads.get(commit);
  if (known !== undefined) return known;
  const read = async (): Promise<Head> => {
    const files = await filesOf(room, commit, signal);
    await adoptAttributes(room.quarantine, files, signal);
    return { tree: await treeOf(room, commit), files };
  };
  const reading = read();
  room.heads.clear(); // one head at a time: trees are large
  room.heads.set(commit, reading);
  reading.catch(() => room.heads.delete(commit)); // a cancelled reading must not be the answer for ever
  return reading;
}

/** Every file of a commit; those of the target's head are read once. */
export async function filesOf(room: Room, commit: Sha, signal: AbortSignal): Promise<ReadonlyMap<string, TreeFile>> {
  const reading = room.files.get(commit) ?? lsTree(room.quarantine.place, commit, { signal });
  if (commit !== room.target.head) return reading;
  room.files.set(commit, reading);
  reading.catch(() => room.files.delete(commit));
  return reading;
}

/** The tree of a commit. */
export async function treeOf(room: Room, commit: Sha): Promise<Sha> {
  return commit === room.target.head ? room.target.headTree : commitTree(room.quarantine, commit);
}

/** The tree of a commit that the quarantine knows. */
export async function commitTree({ place }: Pick<Quarantine, 'place'>, commit: Sha): Promise<Sha> {
  const { out } = await askGit({
    place,
    args: ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`],
  });
  return out.trim();
}

/** How forecasts are made here. */
export const setting = (room: Room, signal: AbortSignal): ForecastSetting => ({
  quarantine: room.quarantine,
  format: room.target.objectFormat,
  cache: room.forecasts,
  outcomes: room.outcomes,
  mergeTreeStdin: room.capabilities.mergeTreeStdin,
  signal,
});

/** The target's own `user.name` and `user.email`, with what stands in for them. */
export async function userOf(target: TargetView): Promise<{ name: string; email: string }> {
  const ask = async (key: string): Promise<string> => {
    const call = {
      place: { kind: 'target', folder: target.root } as const,
      args: ['config', '--get', key],
      expect: [0, 1],
      asUser: true,
    };
    return (await runGit(call)).out.toString('utf8').trim();
  };
  const [name, email] = await Promise.all([ask('user.name'), ask('user.email')]);
  return { name: name || 'AutoSync', email: email || 'autosync@localhost' };
}

/** How picks are made here, and as whom. */
export async function pickSetting(room: Room, signal: AbortSignal): Promise<PickSetting> {
  const user = await userOf(room.target);
  const committer: Signature = { ...user, seconds: Math.floor(room.options.clock() / 1000), zone: '+0000' };
  const { flushesReplies, mergeTreeStdin } = room.capabilities;
  return {
    quarantine: room.quarantine,
    format: room.target.objectFormat,
    flushesReplies,
    mergeTreeStdin,
    committer,
    signal,
  };
}

/** Lets work end; when it met damage in the quarantine, leaves a note so that the next run makes it anew. */
export async function watch<T>({ quarantine: { place } }: Room, work: Promise<T>): Promise<T> {
  return work.catch(async (error: unknown) => {
    const told = asDamage(error, place);
    if (told instanceof AutoSyncError && told.problem.code === 'quarantine-damaged')
      await noteDamage(place, told.problem.why);
    throw told;
  });
}
