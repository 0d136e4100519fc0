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
  const args = ['rev-list', '--objects', '--no-object-names', '--filter=blob:none', '--stdin'];
  const { out } = await runGit({ place, args, input: `${tip}\n${known.map((sha) => `^${sha}\n`).join('')}`, signal });
  const names = out.toString('latin1').split('\n').filter((line) => line !== '');
  const types = await runGit({ place, args: ['cat-file', '--batch-check=%(objecttype) %(objectname)', '--buffer'], input: `${names.join('\n')}\n`, signal });
  return { trees: types.out.toString('latin1').split('\n').flatMap((line) => (line.startsWith('tree ') ? [line.slice(5)] : [])) };
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
    children.push({ isTree: bytes[at] === 0x34, oid: bytes.toString('hex', end + 1, end + 1 + oidBytes) });
    at = end + 1 + oidBytes;
  }
  return children;
}

/** How many files each tree unfolds to; unknown trees (the target's own) count as one. */
export function countFiles(trees: ReadonlyMap<Sha, readonly Child[]>): ReadonlyMap<Sha, number> {
  const counts = new Map<Sha, number>();
  const count = (tree: Sha, depth: number): number => {
    const known = counts.get(tree);
    if (known !== undefined) return known;
    const children = trees.get(tree);
    if (children === undefined) return 1;
    if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
    const sum = children.reduce((files, child) => files + (child.isTree ? count(child.oid, depth + 1) : 1), 0);
    counts.set(tree, sum);
    return sum;
  };
  for (const tree of trees.keys()) count(tree, 0);
  return counts;
}

/**
 * Looks at what a fetch brought before anything unfolds it: a few hundred kilobytes of nested trees can stand for a
 * billion files, and a diff of them never ends (design: reliability, T7). Throws `sibling-evil`.
 */
export async function inspectFetched(place: GitPlace, sibling: string, tip: Sha, known: readonly Sha[], signal: AbortSignal): Promise<void> {
  const { trees } = await newTrees(place, tip, known, signal);
  if (trees.length === 0) return;
  const { out } = await runGit({ place, args: ['cat-file', '--batch', '--buffer'], input: `${trees.join('\n')}\n`, signal });
  const contents = new Map([...parseBatch(out)].map(([name, bytes]) => [name, parseTree(bytes, tip.length / 2)] as const));
  const largest = [...countFiles(contents).values()].reduce((most, files) => Math.max(most, files), 0);
  if (largest > MOST_FILES) {
    const why = `a tree unfolds to ${largest.toLocaleString('en')} files, more than ${MOST_FILES.toLocaleString('en')}`;
    throw new AutoSyncError({ code: 'sibling-evil', sibling, why });
  }
}
