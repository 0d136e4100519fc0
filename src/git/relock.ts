import type { Sha } from '../core/commit.js';
import type { Relock } from '../core/gitPort.js';
import { decidesLockfile, lockProgramOf } from '../core/lockfiles.js';
import { objectSizes } from './catFile.js';
import { ContentCache } from './contentCache.js';
import { lsTree } from './lsTree.js';
import { type ResolveDesk, treeWith } from './resolvedTree.js';

/** Where lockfiles are made anew, by whom, and what was made before. */
export interface RelockDesk extends ResolveDesk {
  readonly relock: Relock;
  /** Made lockfiles, by all that they depend on: an unchanged rerun starts no program. */
  readonly made: ContentCache;
}

/** The tree with its lockfiles made anew; or the one that could not be, and why. */
export type RelockedTree =
  | { readonly kind: 'made'; readonly tree: Sha }
  | { readonly kind: 'failed'; readonly path: string; readonly why: string };

type Blob = { readonly kind: 'made'; readonly oid: Sha } | { readonly kind: 'failed'; readonly why: string };

/** All that a lockfile made anew depends on, beside what a registry says at the moment. */
async function keyOf(desk: RelockDesk, tree: Sha, lockfile: string, program: string): Promise<string> {
  const files = [...(await lsTree(desk.pen.room.place, tree, { signal: desk.signal }))];
  const deciding = files.filter(([path]) => decidesLockfile(path)).map(([path, { oid }]) => `${path} ${oid}`);
  return ContentCache.key('lockfile', lockfile, program, ...deciding);
}

async function remembered(desk: RelockDesk, key: string): Promise<Sha | null> {
  const oid = desk.made.get(key);
  if (oid === undefined) return null;
  return (await objectSizes(desk.pen.room, [oid], desk.signal)).has(oid) ? oid : null;
}

async function blobOf(desk: RelockDesk, commit: Sha, tree: Sha, lockfile: string): Promise<Blob> {
  const name = lockProgramOf(lockfile);
  if (name === null) return { kind: 'failed', why: 'AutoSync knows no program that makes it' };
  const program = await desk.relock.program(lockfile);
  if (program === null) return { kind: 'failed', why: `${name} was not found on this machine` };
  const key = await keyOf(desk, tree, lockfile, program);
  const known = await remembered(desk, key);
  if (known !== null) return { kind: 'made', oid: known };
  const made = await desk.relock.make(commit, lockfile);
  if (made.kind === 'failed') return made;
  const oid = await desk.pen.write({ type: 'blob', body: Buffer.from(made.content) });
  desk.made.set(key, oid);
  return { kind: 'made', oid };
}

/** Makes lockfiles anew, one after the other; `commitOf` stands for a tree where it has to be checked out. */
export async function relockedTree(
  desk: RelockDesk,
  merged: Sha,
  lockfiles: readonly string[],
  commitOf: (tree: Sha) => Promise<Sha>,
): Promise<RelockedTree> {
  let tree = merged;
  for (const path of lockfiles) {
    const commit = await commitOf(tree);
    const blob = await blobOf(desk, commit, tree, path);
    if (blob.kind === 'failed') return { kind: 'failed', path, why: blob.why };
    const file = { mode: '100644', oid: blob.oid };
    tree = await treeWith(desk, commit, [{ path: Buffer.from(path, 'utf8').toString('latin1'), file }]);
  }
  return { kind: 'made', tree };
}
