import { join } from 'node:path';
import type { Commit, Sha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { ForecastRequest, GitPort, PickRequest, Relock } from '../core/gitPort.js';
import type { PickTrial, TriedPick } from '../core/trial.js';
import { findApplied } from './applied.js';
import { readBlobs } from './catFile.js';
import { cherryPick } from './cherryPick.js';
import { explainConflicts } from './conflicts.js';
import { ContentCache } from './contentCache.js';
import { addedLines, renameSources } from './diffTree.js';
import { lastFetched } from './fetch.js';
import { fetchInto } from './fetchInto.js';
import { finishLanding } from './finishLanding.js';
import { forecastAll } from './forecast.js';
import { land, landable, readRefs, worktreeOf } from './land.js';
import { collect, incomingCommits, logCommits } from './log.js';
import { lsRemote } from './lsRemote.js';
import { origins } from './origins.js';
import { ownCommits } from './ownCommits.js';
import { patchIds } from './patchId.js';
import { openQuarantine } from './quarantine.js';
import { remoteOf } from './remote.js';
import { revertPicks } from './revertPicks.js';
import { filesOf, type GitOptions, headOf, pickSetting, type Room, setting, treeOf, userOf, watch } from './room.js';
import { askGit, runGit } from './run.js';
import { sweepScratch } from './scratch.js';
import { readTarget } from './target.js';
import { decode } from './tokens.js';
import { treeChanges } from './treeChanges.js';
import { tryPick } from './tryPick.js';
import { asReceived, upstreamPort } from './upstreamPort.js';
import { gitCapabilities } from './version.js';
import { checkout, worktreeChanges } from './worktree.js';

/** Bytes of remembered outcomes: each move of the head makes new ones. */
const MOST_OUTCOMES = 4 * 1024 * 1024;

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

async function filesAt(
  room: Room,
  commit: Sha,
  wanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Sha>> {
  const files = [...(await filesOf(room, commit, signal))].filter(([path]) => wanted(path));
  return new Map(files.map(([path, { oid }]) => [path, oid]));
}

async function applied(room: Room, head: Sha, tip: Sha, incoming: readonly Commit[], signal: AbortSignal) {
  const target = await collect(logCommits(room.quarantine.place, [head, `^${tip}`], { signal }));
  return findApplied({ place: room.quarantine.place, cache: room.ids, signal }, { incoming, target });
}

async function revert(room: Room, head: Sha, picks: readonly Sha[], message: string, signal: AbortSignal) {
  await headOf(room, head, signal); // its attributes decide the merges
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
      return { sha: commit.sha, parent, parentTree: await treeOf(room, parent), commit };
    }),
  );
  return revertPicks(await pickSetting(room, signal), { commit: head, tree: await treeOf(room, head) }, steps, message);
}

async function resolveCommit(room: Room, given: string): Promise<Sha | null> {
  if (!/^[0-9a-f]{4,64}$/i.test(given)) return null;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${given}^{commit}`];
  const { exit, out } = await askGit({ place: room.quarantine.place, args, expect: [0, 1, 128] });
  return exit === 0 ? out.trim() : null;
}

const links = async (room: Room, blobs: readonly Sha[], signal: AbortSignal): Promise<ReadonlyMap<Sha, string>> =>
  new Map([...(await readBlobs(room.quarantine, blobs, signal))].map(([name, bytes]) => [name, decode(bytes).text]));

async function chain(room: Room, base: Sha, picks: readonly PickRequest[], signal: AbortSignal, relock?: Relock) {
  await headOf(room, base, signal); // its attributes decide the merges
  const tools = relock && { relock: { relock, made: room.lockfiles } };
  const how = { ...(await pickSetting(room, signal)), ...tools };
  const built = await cherryPick(how, { commit: base, tree: await treeOf(room, base) }, picks);
  await room.lockfiles.save();
  return built;
}

async function forecast(room: Room, head: Sha, requests: readonly ForecastRequest[], signal: AbortSignal) {
  if (requests.length === 0) return [];
  const files = async () => (await headOf(room, head, signal)).files;
  return forecastAll(setting(room, signal), { tree: await treeOf(room, head), files }, requests);
}

async function explain(room: Room, head: Sha, tip: Sha, requests: readonly ForecastRequest[], signal: AbortSignal) {
  const { tree, files } = await headOf(room, head, signal);
  return explainConflicts(setting(room, signal), { commit: head, tree, files }, tip, requests);
}

async function attempt(room: Room, base: Sha, trial: PickTrial, signal: AbortSignal): Promise<TriedPick> {
  const { tree } = await headOf(room, base, signal);
  return tryPick(await pickSetting(room, signal), tree, trial);
}

async function commits(room: Room, shas: readonly Sha[], signal: AbortSignal): Promise<readonly Commit[]> {
  if (shas.length === 0) return [];
  return collect(logCommits(room.quarantine.place, shas, { order: 'unsorted', signal }));
}

const portOf = (room: Room): GitPort => ({
  target: room.target,
  ...upstreamPort(room),
  ...ownCommits(room),
  rebuilt: room.quarantine.rebuilt,
  tipOf: async (sibling, signal) =>
    lsRemote(await remoteOf(room.target.root, sibling, room.options.source), sibling, signal),
  fetch: (sibling, tip, signal) => fetchInto(room, sibling, tip, signal),
  incoming: (head, tip, signal) => watch(room, incomingCommits(room.quarantine.place, tip, head, signal)),
  blobsAt: (commits, denied, signal) => blobsAt(room, commits, denied, signal),
  filesAt: (commit, wanted, signal) => watch(room, filesAt(room, commit, wanted, signal)),
  sources: (commits, signal) => watch(room, renameSources(room.quarantine.place, commits, signal)),
  readTexts: (blobs, signal) => links(room, blobs, signal),
  applied: (head, tip, commits, signal) => watch(room, applied(room, head, tip, commits, signal)),
  lastFetched: (sibling) => lastFetched(room.quarantine, room.ids, sibling.name, room.target.head),
  countCommits: async (tip, signal) =>
    Number((await askGit({ place: room.quarantine.place, args: ['rev-list', '--count', tip], signal })).out),
  patchIds: (commits, signal) => watch(room, patchIds(room.quarantine.place, room.ids, commits, { signal })),
  forecast: (head, requests, signal) => watch(room, forecast(room, head, requests, signal)),
  addedLines: (commits, signal) => watch(room, addedLines(room.quarantine.place, commits, signal)),
  treeOf: (commit) => treeOf(room, commit),
  chain: (base, picks, signal, relock) => watch(room, chain(room, base, picks, signal, relock)),
  explainConflicts: (head, tip, requests, signal) => watch(room, explain(room, head, tip, requests, signal)),
  tryPick: (base, trial, signal) => watch(room, attempt(room, base, trial, signal)),
  changesBetween: (before, after, signal) =>
    watch(room, treeChanges(room.quarantine.place, room.target.objectFormat, before, after, signal)),
  commits: (shas, signal) => watch(room, commits(room, shas, signal)),
  checkout: (commit, signal, fresh) => watch(room, checkout(room.quarantine, commit, signal, fresh)),
  worktreeChanges: (commit, signal) => worktreeChanges(room.quarantine, commit, signal),
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
  const here = await readTarget(options.folder, options.branch, options.remote);
  const quarantine = await openQuarantine(here, options.cache);
  const { target, upstream } =
    options.upstream === undefined
      ? { target: here, upstream: null }
      : await asReceived(here, quarantine, options.upstream);
  await sweepScratch(quarantine);
  const [forecasts, outcomes, ids, lockfiles] = await Promise.all([
    ContentCache.open(join(quarantine.folder, 'forecasts.txt')),
    ContentCache.open(join(quarantine.folder, 'outcomes.txt'), MOST_OUTCOMES),
    ContentCache.open(join(quarantine.folder, 'patch-ids.txt')),
    ContentCache.open(join(quarantine.folder, 'lockfiles.txt')),
  ]);
  return portOf({
    target,
    upstream,
    quarantine,
    capabilities,
    forecasts,
    outcomes,
    ids,
    lockfiles,
    options,
    heads: new Map(),
    files: new Map(),
  });
}
