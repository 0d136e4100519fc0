import { join } from 'node:path';
import type { Commit, Sha, Signature } from '../core/commit.js';
import type { SiblingConfig } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { FetchedSibling, ForecastRequest, GitPort, PickRequest, SiblingTip, TargetView } from '../core/gitPort.js';
import { readTrailers } from '../core/message.js';
import { findApplied } from './applied.js';
import { adoptAttributes } from './attributes.js';
import { readBlobs } from './catFile.js';
import { cherryPick, type PickSetting, revertPicks } from './cherryPick.js';
import { explainConflicts } from './conflicts.js';
import { ContentCache } from './contentCache.js';
import { addedLines, renameSources } from './diffTree.js';
import { userEnvironment } from './environment.js';
import { fetchSibling, lastFetched, siblingRef } from './fetch.js';
import { finishLanding } from './finishLanding.js';
import { type ForecastSetting, forecastAll } from './forecast.js';
import { inspectFetched } from './inspect.js';
import { land, landable, readRefs, worktreeOf } from './land.js';
import { collect, incomingCommits, logCommits } from './log.js';
import { lsRemote } from './lsRemote.js';
import { lsTree, type TreeFile } from './lsTree.js';
import { patchIds } from './patchId.js';
import { asDamage, noteDamage, openQuarantine, type Quarantine } from './quarantine.js';
import { remoteOf, type SourceToken } from './remote.js';
import { askGit, runGit } from './run.js';
import { sweepScratch } from './scratch.js';
import { readTarget } from './target.js';
import { decode } from './tokens.js';
import { type GitCapabilities, gitCapabilities } from './version.js';
import { checkout, worktreeChanges } from './worktree.js';

/** What opening the git side needs to know. */
export interface GitOptions {
  readonly folder: string;
  /** Null: the branch that is checked out. */
  readonly branch: string | null;
  readonly remote: string;
  readonly source: SourceToken | null;
  /** The user's cache folder; default by the platform's convention. */
  readonly cache?: string | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

interface Room {
  readonly target: TargetView;
  readonly quarantine: Quarantine;
  readonly capabilities: GitCapabilities;
  readonly forecasts: ContentCache;
  readonly outcomes: ContentCache;
  readonly ids: ContentCache;
  readonly options: GitOptions;
  readonly heads: Map<Sha, Promise<Head>>;
  /** Files of the target's head, which every sibling is held against. */
  readonly files: Map<Sha, Promise<ReadonlyMap<string, TreeFile>>>;
}

/** A commit that picks are tried on, read whole. */
interface Head {
  readonly tree: Sha;
  readonly files: ReadonlyMap<string, TreeFile>;
}

/** Bytes of remembered outcomes: each move of the head makes new ones. */
const MOST_OUTCOMES = 4 * 1024 * 1024;

async function headOf(room: Room, commit: Sha, signal: AbortSignal): Promise<Head> {
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
async function filesOf(room: Room, commit: Sha, signal: AbortSignal): Promise<ReadonlyMap<string, TreeFile>> {
  const reading = room.files.get(commit) ?? lsTree(room.quarantine.place, commit, { signal });
  if (commit !== room.target.head) return reading;
  room.files.set(commit, reading);
  reading.catch(() => room.files.delete(commit));
  return reading;
}

async function treeOf(room: Room, commit: Sha): Promise<Sha> {
  if (commit === room.target.head) return room.target.headTree;
  const { out } = await askGit({
    place: room.quarantine.place,
    args: ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`],
  });
  return out.trim();
}

const setting = (room: Room, signal: AbortSignal): ForecastSetting => ({
  quarantine: room.quarantine,
  format: room.target.objectFormat,
  cache: room.forecasts,
  outcomes: room.outcomes,
  mergeTreeStdin: room.capabilities.mergeTreeStdin,
  signal,
});

async function userOf(target: TargetView): Promise<{ name: string; email: string }> {
  const ask = async (key: string): Promise<string> => {
    const call = {
      place: { kind: 'target', folder: target.root } as const,
      args: ['config', '--get', key],
      expect: [0, 1],
      environment: userEnvironment(),
    };
    return (await runGit(call)).out.toString('utf8').trim();
  };
  const [name, email] = await Promise.all([ask('user.name'), ask('user.email')]);
  return { name: name || 'AutoSync', email: email || 'autosync@localhost' };
}

async function pickSetting(room: Room, signal: AbortSignal): Promise<PickSetting> {
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

async function fetchInto(
  room: Room,
  sibling: SiblingConfig,
  tip: SiblingTip,
  signal: AbortSignal,
): Promise<FetchedSibling> {
  const remote = await remoteOf(room.target.root, sibling, room.options.source);
  if (room.quarantine.refs.get(siblingRef(sibling.name)) === tip.tip)
    return fetchSibling(room.quarantine, room.ids, remote, tip, room.target.head, signal);
  const known = await knownTips(room);
  const fetched = await fetchSibling(room.quarantine, room.ids, remote, tip, room.target.head, signal);
  if (!known.includes(fetched.tip)) {
    await inspectFetched(room.quarantine.place, sibling.name, fetched.tip, [room.target.head, ...known], signal).catch(
      async (error: unknown) => {
        await runGit({ place: room.quarantine.place, args: ['update-ref', '-d', siblingRef(sibling.name)] });
        throw error;
      },
    );
  }
  return fetched;
}

async function knownTips(room: Room): Promise<readonly Sha[]> {
  const { out } = await runGit({
    place: room.quarantine.place,
    args: ['for-each-ref', '--format=%(objectname)', 'refs/autosync/siblings/'],
  });
  return out
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

async function blobsAt(
  room: Room,
  commits: readonly Sha[],
  denied: (path: string) => boolean,
  signal: AbortSignal,
): Promise<ReadonlySet<Sha>> {
  const blobs = new Set<Sha>();
  for (const commit of commits) {
    for (const [path, { oid }] of await filesOf(room, commit, signal)) if (denied(path)) blobs.add(oid);
  }
  return blobs;
}

async function applied(room: Room, head: Sha, tip: Sha, incoming: readonly Commit[], signal: AbortSignal) {
  const target = await collect(logCommits(room.quarantine.place, [head, `^${tip}`], { signal }));
  return findApplied({ place: room.quarantine.place, cache: room.ids, signal }, { incoming, target });
}

async function revert(room: Room, head: Sha, picks: readonly Sha[], message: string, signal: AbortSignal) {
  const commits = await collect(logCommits(room.quarantine.place, picks, { order: 'unsorted', signal }));
  const steps = await Promise.all(
    commits.map(async (commit) => {
      const parent = commit.parents[0];
      if (parent === undefined)
        throw new AutoSyncError({
          code: 'cannot-land',
          why: `${commit.sha} is the first commit of its history`,
          next: 'Revert it by hand.',
        });
      return { sha: commit.sha, parent, parentTree: await treeOf(room, parent), seconds: commit.committer.seconds };
    }),
  );
  return revertPicks(await pickSetting(room, signal), { commit: head, tree: await treeOf(room, head) }, steps, message);
}

async function origins(room: Room, head: Sha, signal: AbortSignal) {
  const { out } = await runGit({
    place: { kind: 'target', folder: room.target.root },
    args: ['log', '-z', '--format=%H%x00%B', '--fixed-strings', '--grep=AutoSync-Origin:', head, '--'],
    signal,
  });
  const tokens = decode(out).text.split('\0');
  return tokens.flatMap((pick, index) => {
    if (index % 2 === 1) return [];
    const trailers = readTrailers(tokens[index + 1] ?? '');
    return trailers.origins.map(({ sibling, sha }) => ({ sibling, origin: sha, pick, run: trailers.run }));
  });
}

async function resolveCommit(room: Room, given: string): Promise<Sha | null> {
  if (!/^[0-9a-f]{4,64}$/i.test(given)) return null;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${given}^{commit}`];
  const { exit, out } = await askGit({ place: room.quarantine.place, args, expect: [0, 1, 128] });
  return exit === 0 ? out.trim() : null;
}

const links = async (room: Room, blobs: readonly Sha[], signal: AbortSignal): Promise<ReadonlyMap<Sha, string>> =>
  new Map([...(await readBlobs(room.quarantine, blobs, signal))].map(([name, bytes]) => [name, decode(bytes).text]));

async function chain(room: Room, base: Sha, picks: readonly PickRequest[], signal: AbortSignal) {
  await headOf(room, base, signal); // its attributes decide the merges
  return cherryPick(await pickSetting(room, signal), { commit: base, tree: await treeOf(room, base) }, picks);
}

async function forecast(room: Room, head: Sha, requests: readonly ForecastRequest[], signal: AbortSignal) {
  if (requests.length === 0) return [];
  const files = async () => (await headOf(room, head, signal)).files;
  return forecastAll(setting(room, signal), { tree: await treeOf(room, head), files }, requests);
}

async function explain(room: Room, head: Sha, tip: Sha, requests: readonly ForecastRequest[], signal: AbortSignal) {
  const { tree } = await headOf(room, head, signal);
  return explainConflicts(setting(room, signal), { commit: head, tree }, tip, requests);
}

/** Lets work end; when it met damage in the quarantine, leaves a note so that the next run makes it anew. */
async function watch<T>({ quarantine: { place } }: Room, work: Promise<T>): Promise<T> {
  return work.catch(async (error: unknown) => {
    const told = asDamage(error, place);
    if (told instanceof AutoSyncError && told.problem.code === 'quarantine-damaged')
      await noteDamage(place, told.problem.why);
    throw told;
  });
}

const portOf = (room: Room): GitPort => ({
  target: room.target,
  rebuilt: room.quarantine.rebuilt,
  tipOf: async (sibling, signal) =>
    lsRemote(await remoteOf(room.target.root, sibling, room.options.source), sibling, signal),
  fetch: (sibling, tip, signal) => fetchInto(room, sibling, tip, signal),
  incoming: (head, tip, signal) => watch(room, incomingCommits(room.quarantine.place, tip, head, signal)),
  blobsAt: (commits, denied, signal) => blobsAt(room, commits, denied, signal),
  sources: (commits, signal) => watch(room, renameSources(room.quarantine.place, commits, signal)),
  readLinks: (blobs, signal) => links(room, blobs, signal),
  applied: (head, tip, commits, signal) => watch(room, applied(room, head, tip, commits, signal)),
  lastFetched: (sibling) => lastFetched(room.quarantine, room.ids, sibling.name, room.target.head),
  countCommits: async (tip, signal) =>
    Number((await askGit({ place: room.quarantine.place, args: ['rev-list', '--count', tip], signal })).out),
  patchIds: (commits, signal) => watch(room, patchIds(room.quarantine.place, room.ids, commits, { signal })),
  forecast: (head, requests, signal) => watch(room, forecast(room, head, requests, signal)),
  addedLines: (commits, signal) => watch(room, addedLines(room.quarantine.place, commits, signal)),
  treeOf: (commit) => treeOf(room, commit),
  chain: (base, picks, signal) => watch(room, chain(room, base, picks, signal)),
  explainConflicts: (head, tip, requests, signal) => watch(room, explain(room, head, tip, requests, signal)),
  checkout: (commit, signal) => watch(room, checkout(room.quarantine, commit, signal)),
  worktreeChanges: (signal) => worktreeChanges(room.quarantine, signal),
  checkedOutIn: (branch) => worktreeOf(room.target, branch),
  readRefs: (refs) => readRefs(room.target, refs),
  landable: (branch) => landable(room.target, branch),
  land: (move) => land(room.target, room.quarantine, move),
  finishLanding: (move, run) => finishLanding(room.target, move, run),
  revert: (head, picks, message, signal) => revert(room, head, picks, message, signal),
  origins: (head, signal) => origins(room, head, signal),
  messageOf: async (commit) =>
    decode((await runGit({ place: room.quarantine.place, args: ['log', '-1', '--format=%B', commit, '--'] })).out).text,
  resolve: (given) => resolveCommit(room, given),
  user: () => userOf(room.target),
  close: async () => {
    await Promise.all([room.forecasts.save(), room.outcomes.save(), room.ids.save()]);
  },
});

/**
 * Opens the git side of a run: reads the target, opens its quarantine, sweeps what a killed run left there.
 * Throws `git-missing`, `git-too-old`, and what `readTarget` throws.
 */
export async function openGit(options: GitOptions): Promise<GitPort> {
  const capabilities = await gitCapabilities();
  const target = await readTarget(options.folder, options.branch, options.remote);
  const quarantine = await openQuarantine(target, options.cache);
  await sweepScratch(quarantine);
  const [forecasts, outcomes, ids] = await Promise.all([
    ContentCache.open(join(quarantine.folder, 'forecasts.txt')),
    ContentCache.open(join(quarantine.folder, 'outcomes.txt'), MOST_OUTCOMES),
    ContentCache.open(join(quarantine.folder, 'patch-ids.txt')),
  ]);
  return portOf({
    target,
    quarantine,
    capabilities,
    forecasts,
    outcomes,
    ids,
    options,
    heads: new Map(),
    files: new Map(),
  });
}
