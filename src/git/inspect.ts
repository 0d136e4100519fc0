import type { Sha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import { parseBatch } from './catFile.js';
import type { GitPlace } from './environment.js';
import { runGit } from './run.js';

/** Most files a tree may unfold to before a sibling's content is refused. */
export const MOST_FILES = 1_000_000;

/** Deepest nesting of folders that is believed. */
const DEEPEST = 500;

interface NewObjects {
  readonly trees: readonly Sha[];
}

/** Trees that came with a fetch, each once, however often it is used. */
async function newTrees(place: GitPlace, tip: Sha, known: readonly Sha[], signal: AbortSignal): Promise<NewObjects> {
  const args = [
    'rev-list',
    '--objects',
    '--no-object-names',
    '--filter=object:type=tree',
    '--filter-provided-objects',
    '--stdin',
  ];
  const { out } = await runGit({ place, args, input: `${tip}\n${known.map((sha) => `^${sha}\n`).join('')}`, signal });
  return {
    trees: out
      .toString('latin1')
      .split('\n')
      .filter((line) => line !== ''),
  };
}

interface Child {
  readonly isTree: boolean;
  readonly oid: Sha;
}

/** Reads a raw tree object (gitformat-pack(5) names the encoding: `mode SP name NUL oid`). */
export function parseTree(bytes: Buffer, oidBytes: number): readonly Child[] {
  const children: Child[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break; // no tree git would write: its rest is no entry
    children.push({ isTree: bytes[at] === 0x34, oid: bytes.toString('hex', end + 1, end + 1 + oidBytes) });
    at = end + 1 + oidBytes;
  }
  return children;
}

/** What a tree unfolds to: files, and folders below one another. */
interface Extent {
  readonly files: number;
  readonly depth: number;
}

const ONE: Extent = { files: 1, depth: 0 };

const add = (sum: Extent, child: Extent): Extent => ({
  files: sum.files + child.files,
  depth: Math.max(sum.depth, child.depth + 1),
});

/**
 * How many files each tree unfolds to; unknown trees (the target's own) count as one, and trees nested deeper than
 * anybody nests them as endless, in whatever order they come.
 */
export function countFiles(trees: ReadonlyMap<Sha, readonly Child[]>): ReadonlyMap<Sha, number> {
  const extents = new Map<Sha, Extent>();
  const measure = (tree: Sha, level: number): Extent => {
    const known = extents.get(tree);
    const children = trees.get(tree);
    if (known !== undefined || children === undefined) return known ?? ONE;
    if (level > DEEPEST) return { files: Number.POSITIVE_INFINITY, depth: level };
    const sum = children.reduce<Extent>(
      (extent, child) => add(extent, child.isTree ? measure(child.oid, level + 1) : ONE),
      { files: 0, depth: 0 },
    );
    const extent = sum.depth > DEEPEST ? { ...sum, files: Number.POSITIVE_INFINITY } : sum;
    extents.set(tree, extent);
    return extent;
  };
  for (const tree of trees.keys()) measure(tree, 0);
  return new Map([...extents].map(([tree, { files }]) => [tree, files]));
}

/**
 * Looks at what a fetch brought before anything unfolds it: a few hundred kilobytes of nested trees can stand for a
 * billion files, and a diff of them never ends (design: reliability, T7). Throws `sibling-evil`.
 */
export async function inspectFetched(
  place: GitPlace,
  sibling: string,
  tip: Sha,
  known: readonly Sha[],
  signal: AbortSignal,
): Promise<void> {
  const { trees } = await newTrees(place, tip, known, signal);
  if (trees.length === 0) return;
  const { out } = await runGit({
    place,
    args: ['cat-file', '--batch', '--buffer'],
    input: `${trees.join('\n')}\n`,
    signal,
  });
  const contents = new Map(
    [...parseBatch(out)].map(([name, bytes]) => [name, parseTree(bytes, tip.length / 2)] as const),
  );
  const largest = [...countFiles(contents).values()].reduce((most, files) => Math.max(most, files), 0);
  if (largest > MOST_FILES) {
    const why = Number.isFinite(largest)
      ? `a tree unfolds to ${largest.toLocaleString('en')} files, more than ${MOST_FILES.toLocaleString('en')}`
      : `a tree is nested more than ${DEEPEST} folders deep`;
    throw new AutoSyncError({ code: 'sibling-evil', sibling, why });
  }
}
