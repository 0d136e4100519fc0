import type { Sha } from '../core/commit.js';
import type { Triple } from './classify.js';
import { ContentCache } from './contentCache.js';
import { lsTree } from './lsTree.js';
import { type MergeRoom, mergeMany } from './mergeTree.js';
import { encodeCommit, encodeTree, type ObjectFormat, PackBuilder } from './objects.js';
import type { Scratch } from './scratch.js';

/** The blob a triple merges to, or null when it conflicts. */
export type TripleOutcome = Sha | null;

const PERSON = 'autosync <autosync@localhost>';
const PER_FOLDER = 256;

/** The key under which a triple's outcome is remembered. */
export function tripleKey(triple: Pick<Triple, 'base' | 'ours' | 'theirs'>): string {
  return ContentCache.key('triple', triple.base, triple.ours, triple.theirs);
}

const pathOf = (index: number): string => `${Math.floor(index / PER_FOLDER)}/${index % PER_FOLDER}`;

/** A tree that holds one side of every triple, each at a path of its own. */
function sideTree(pack: PackBuilder, oids: readonly Sha[]): Sha {
  const folders: { mode: string; name: Buffer; oid: Sha }[] = [];
  for (let start = 0; start < oids.length; start += PER_FOLDER) {
    const files = oids
      .slice(start, start + PER_FOLDER)
      .map((oid, index) => ({ mode: '100644', name: Buffer.from(String(index)), oid }));
    folders.push({ mode: '40000', name: Buffer.from(String(start / PER_FOLDER)), oid: pack.add(encodeTree(files)) });
  }
  return pack.add(encodeTree(folders));
}

const commitAt = (tree: Sha, parents: readonly Sha[], seconds: number) =>
  encodeCommit({
    tree,
    parents,
    author: `${PERSON} ${seconds} +0000`,
    committer: `${PERSON} ${seconds} +0000`,
    message: '',
  });

async function mergePart(
  scratch: Scratch,
  format: ObjectFormat,
  part: readonly Triple[],
  signal?: AbortSignal,
): Promise<readonly TripleOutcome[]> {
  const pack = new PackBuilder(format);
  const base = pack.add(
    commitAt(
      sideTree(
        pack,
        part.map((triple) => triple.base),
      ),
      [],
      1,
    ),
  );
  const ours = pack.add(
    commitAt(
      sideTree(
        pack,
        part.map((triple) => triple.ours),
      ),
      [base],
      2,
    ),
  );
  const theirs = pack.add(
    commitAt(
      sideTree(
        pack,
        part.map((triple) => triple.theirs),
      ),
      [base],
      2,
    ),
  );
  await pack.write(scratch.objects);
  const room: MergeRoom = scratch.room;
  const [reply] = await mergeMany(room, [{ ours, theirs }], { signal });
  if (reply === undefined) throw new Error('git merge-tree gave no reply');
  const conflicted = new Set(reply.conflicted.map((entry) => entry.path));
  const merged = await lsTree(room.place, reply.tree, {
    signal,
    ...(room.environment ? { environment: room.environment } : {}),
  });
  return part.map((_triple, index) =>
    conflicted.has(pathOf(index)) ? null : (merged.get(pathOf(index))?.oid ?? null),
  );
}

/**
 * Merges every distinct triple once, all of them as files of one made-up tree in `processes` merges side by side
 * (design: performance, c 4). What is remembered is not merged again. Outcomes by `tripleKey`.
 */
export async function mergeTriples(
  scratch: Scratch,
  format: ObjectFormat,
  cache: ContentCache,
  triples: readonly Triple[],
  options: { readonly processes: number; readonly signal?: AbortSignal | undefined },
): Promise<ReadonlyMap<string, TripleOutcome>> {
  const outcomes = new Map<string, TripleOutcome>();
  const fresh = new Map<string, Triple>();
  for (const triple of triples) {
    const key = tripleKey(triple);
    const known = cache.get(key);
    if (known === undefined) fresh.set(key, triple);
    else outcomes.set(key, known === '!' ? null : known);
  }
  const entries = [...fresh];
  const parts = Array.from({ length: options.processes }, (_unused, part) =>
    entries.filter((_entry, index) => index % options.processes === part),
  );
  await Promise.all(
    parts
      .filter((part) => part.length > 0)
      .map(async (part) => {
        const results = await mergePart(
          scratch,
          format,
          part.map(([, triple]) => triple),
          options.signal,
        );
        for (const [index, [key]] of part.entries()) {
          const outcome = results[index] ?? null;
          outcomes.set(key, outcome);
          cache.set(key, outcome ?? '!');
        }
      }),
  );
  return outcomes;
}
