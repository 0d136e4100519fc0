import type { Sha } from '../core/commit.js';
import type { PickRequest } from '../core/gitPort.js';
import { isLockfile, isManifest, lockfilesFor, locksAlike } from '../core/lockfiles.js';
import { objectsAt, readBlobs } from './catFile.js';
import type { Pen } from './pen.js';
import { type PickPart, requestedChanges } from './pickParts.js';

/** A pick's tree before and after, and what was set aside for it. */
export interface Merged {
  readonly part: PickPart<PickRequest>;
  /** The tree that was picked on. */
  readonly on: Sha;
  readonly tree: Sha;
}

/** Lockfiles that a pick leaves behind: to be made anew, or beyond help, because no manifest tells what changed in them. */
export interface Stale {
  readonly lockfiles: readonly string[];
  readonly untold: readonly string[];
}

const raw = (path: string): string => Buffer.from(path, 'utf8').toString('latin1');

async function textsAt(
  pen: Pen,
  tree: Sha,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const places = paths.map((path) => ({ tree, path: raw(path) }));
  const names = await objectsAt(pen.room, places, signal);
  const known = names.flatMap((name) => name ?? []);
  const contents = await readBlobs(pen.room, known, signal);
  return new Map(
    paths.flatMap((path, index) => {
      const bytes = contents.get(names[index] ?? '');
      return bytes === undefined ? [] : [[path, bytes.toString('utf8')] as const];
    }),
  );
}

/** The manifests of a pick that lead to another lockfile than they did before it. */
async function movedManifests(pen: Pen, merged: Merged, signal?: AbortSignal): Promise<readonly string[]> {
  const paths = requestedChanges(merged.part.asked).flatMap(({ path }) => (isManifest(path) ? [path] : []));
  if (paths.length === 0) return [];
  const [before, after] = [
    await textsAt(pen, merged.on, paths, signal),
    await textsAt(pen, merged.tree, paths, signal),
  ];
  return paths.filter((path) => !locksAlike(path, before.get(path) ?? null, after.get(path) ?? null));
}

/** The lockfile of each manifest in a tree: the nearest one that is there. */
async function governing(
  pen: Pen,
  tree: Sha,
  manifests: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const candidates = [...new Set(manifests.flatMap(lockfilesFor))];
  const places = candidates.map((path) => ({ tree, path: raw(path) }));
  const names = await objectsAt(pen.room, places, signal);
  const there = new Set(candidates.filter((_path, index) => names[index] !== null));
  return [...new Set(manifests.flatMap((path) => lockfilesFor(path).find((lockfile) => there.has(lockfile)) ?? []))];
}

/**
 * The lockfiles that no longer say what the merged manifests ask for. One that the pick brings, onto the very version
 * that the sibling had, is taken as it is.
 */
export async function staleLockfiles(pen: Pen, merged: Merged, signal?: AbortSignal): Promise<Stale> {
  const { aside, asked } = merged.part;
  const moved = await movedManifests(pen, merged, signal);
  const governed = moved.length === 0 ? [] : await governing(pen, merged.tree, moved, signal);
  const brought = new Set(requestedChanges(asked).flatMap(({ path }) => (isLockfile(path) ? [path] : [])));
  const lockfiles = governed.filter((path) => !brought.has(path));
  const kept = aside.filter(({ ours }) => ours !== null).map(({ path }) => path);
  return { lockfiles, untold: kept.filter((path) => !lockfiles.includes(path)) };
}
