import { join } from 'node:path';
import type { Sha } from '../core/commit.js';
import { AutoSyncError, isProblem } from '../core/errors.js';
import { objectSizes } from './catFile.js';
import { TOLERANT } from './fetch.js';
import { networkCall, type Remote, withRetry } from './lsRemote.js';
import { encodeCommit, encodeTree, type ObjectFormat, writeLoose } from './objects.js';
import type { Quarantine } from './quarantine.js';
import { runGit } from './run.js';
import { refusedPush, told, type UpstreamPlace, upstreamRemote } from './upstream.js';

/** Name of the one file in the commit of a shared state. */
const FILE = 'state.json';

/** Largest state that is shared, bytes; GitHub takes no file above 100 MB. */
export const MOST_SHARED: number = 64 * 1024 * 1024;

/** What lies on a ref of the target's remote. */
export interface SharedFile {
  readonly commit: Sha;
  /** False for a tag, a tree or a blob, which a person must have put there. */
  readonly isCommit: boolean;
  readonly parents: readonly Sha[];
  /** Null when the file is not there, or is too large. */
  readonly bytes: Buffer | null;
}

/** Where shared states are read and written. */
export interface SharedRoom {
  readonly quarantine: Quarantine;
  readonly format: ObjectFormat;
  readonly place: UpstreamPlace;
  readonly signal: AbortSignal;
}

async function standsAt(remote: Remote, ref: string, { place, signal }: SharedRoom): Promise<Sha | null> {
  const args = ['ls-remote', '--', remote.address, ref];
  const { value } = await told(
    place,
    withRetry(remote, signal, () => runGit(networkCall(remote, args, signal))),
  );
  const lines = value.out
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'));
  return lines.find(([, name]) => name === ref)?.[0] ?? null;
}

async function contentAt({ quarantine, signal }: SharedRoom, commit: Sha): Promise<Buffer | null> {
  const place = quarantine.place;
  const found = await runGit({ place, args: ['ls-tree', '-z', commit, '--', FILE], signal, expect: [0, 128] });
  const blob = /^100644 blob ([0-9a-f]{40,64})\t/.exec(found.out.toString('utf8'))?.[1];
  if (blob === undefined) return null;
  const size = (await objectSizes(quarantine, [blob], signal)).get(blob) ?? Number.POSITIVE_INFINITY;
  if (size > MOST_SHARED) return null;
  return (await runGit({ place, args: ['cat-file', 'blob', blob], signal })).out;
}

async function typeOf({ quarantine, signal }: SharedRoom, name: Sha): Promise<string | null> {
  const call = { place: quarantine.place, args: ['cat-file', '-t', name], signal, expect: [0, 128] };
  const { exit, out } = await runGit(call);
  return exit === 0 ? out.toString('latin1').trim() : null;
}

/** Brings what a ref leads to, and gives it no name here: a ref that leads to no commit would count as damage. */
async function bring(room: SharedRoom, remote: Remote, ref: string): Promise<void> {
  const { quarantine, place, signal } = room;
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-gc', '--', remote.address, ref];
  const fetch = () => runGit({ ...networkCall(remote, args, signal), place: quarantine.place, settings: TOLERANT });
  await told(place, withRetry(remote, signal, fetch));
}

/** It may move between being asked for and being brought; then it is asked for again. */
const LOOKS = 5;

/**
 * Brings what lies on a ref of the target's remote into the quarantine and reads it; null when the ref is not there.
 * Throws `forge-refused`, `forge-unreachable`, `moved` when it does not stand still.
 */
export async function fetchShared(room: SharedRoom, ref: string): Promise<SharedFile | null> {
  const remote = upstreamRemote(room.place);
  for (let look = 0; look < LOOKS; look += 1) {
    const name = await standsAt(remote, ref, room);
    if (name === null) return null;
    const type = (await typeOf(room, name)) ?? (await bring(room, remote, ref).then(() => typeOf(room, name)));
    if (type === 'commit') return readCommit(room, name);
    if (type !== null) return { commit: name, isCommit: false, parents: [], bytes: null };
  }
  throw new AutoSyncError({ code: 'moved', ref, expected: 'one commit', found: 'another one at each look' });
}

async function readCommit(room: SharedRoom, commit: Sha): Promise<SharedFile> {
  const { quarantine, signal } = room;
  const shown = await runGit({ place: quarantine.place, args: ['rev-list', '--parents', '-1', commit], signal });
  const [, ...parents] = shown.out.toString('latin1').trim().split(' ');
  return { commit, isCommit: true, parents, bytes: await contentAt(room, commit) };
}

/**
 * True when anybody may read the target's remote: it answers over HTTP without a token. False where it refuses that, and
 * where it is asked in another way. Throws `forge-unreachable` when nobody knows: then nothing may be put there.
 */
export async function isOpenToAll({ place, signal }: Pick<SharedRoom, 'place' | 'signal'>): Promise<boolean> {
  if (!/^https?:/.test(place.address)) return false;
  const anybody: UpstreamPlace = { ...place, token: null };
  const remote = upstreamRemote(anybody);
  const call = networkCall(remote, ['ls-remote', '--', remote.address, 'HEAD'], signal);
  try {
    await told(
      anybody,
      withRetry(remote, signal, () => runGit(call)),
    );
    return true;
  } catch (error) {
    if (isProblem(error, 'forge-refused')) return false;
    throw error;
  }
}

/** A commit that holds one file; its moment is that of the clock, in milliseconds. */
async function writeCommit(
  { quarantine, format }: SharedRoom,
  { text, parents, message, now }: SharedSend,
): Promise<Sha> {
  const objects = join(quarantine.place.gitDir, 'objects');
  const blob = await writeLoose(objects, { type: 'blob', body: Buffer.from(text, 'utf8') }, format);
  const tree = encodeTree([{ mode: '100644', name: Buffer.from(FILE), oid: blob }]);
  const author = `AutoSync <autosync@localhost> ${Math.floor(now / 1000)} +0000`;
  const commit = { tree: await writeLoose(objects, tree, format), parents, author, committer: author, message };
  return writeLoose(objects, encodeCommit(commit), format);
}

/** What is put on a ref, in place of what. */
export interface SharedSend {
  readonly ref: string;
  /** Null: the ref must not be there. */
  readonly before: Sha | null;
  readonly parents: readonly Sha[];
  readonly text: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Puts a text on a ref of the target's remote, by compare-and-swap on that very ref and nothing else; null when it stands
 * elsewhere than said. Throws `forge-refused`, `forge-unreachable`.
 */
export async function pushShared(room: SharedRoom, send: SharedSend): Promise<Sha | null> {
  const { quarantine, place, signal } = room;
  const { ref, before } = send;
  const remote = upstreamRemote(place);
  const commit = await writeCommit(room, send);
  const lease = `--force-with-lease=${ref}:${before ?? ''}`;
  const args = ['push', '--porcelain', '--no-verify', '--no-signed', '--recurse-submodules=no', lease];
  const call = networkCall(remote, [...args, '--', remote.address, `${commit}:${ref}`], signal);
  const push = () => runGit({ ...call, place: quarantine.place, expect: [0, 1] });
  const { value } = await told(place, withRetry(remote, signal, push));
  // A reply may be lost after the ref has moved: what counts is where it stands (design: reliability, I9).
  if (value.exit === 0 || (await standsAt(remote, ref, room)) === commit) return commit;
  const problem = refusedPush(place, { ref, before }, value.out.toString('utf8'), value.err);
  if (isProblem(problem, 'moved')) return null;
  throw problem;
}
