import type { FileVersion } from '../core/trial.js';
import { type ConflictedEntry, conflictPath, type MergeReply } from './mergeTree.js';

/** A conflicted path with its versions; null where a side does not have it. */
export interface ConflictedFile {
  readonly path: string;
  /** The path as git wrote it, its bytes as Latin-1 text; null when git set the file aside under another name. */
  readonly raw: string | null;
  /**
   * The path as git wrote it, also where git set one version of the file aside: a link beside a file, for example. Null
   * where something else has its place, as a folder may.
   */
  readonly home: string | null;
  /** Every name it has in the merged tree, as bytes. */
  readonly names: readonly string[];
  readonly base: FileVersion | null;
  readonly ours: FileVersion | null;
  readonly theirs: FileVersion | null;
}

/** How git names a file that it sets aside. */
const ASIDE = /~[0-9a-f]{40,64}(?:_\d+)?$/;

function fileOf(path: string, entries: readonly ConflictedEntry[]): ConflictedFile {
  const version = (stage: number): FileVersion | null => {
    const found = entries.find((entry) => entry.stage === stage);
    return found === undefined ? null : { mode: found.mode, oid: found.oid };
  };
  const names = new Set(entries.map((entry) => entry.path));
  const home = [...names].find((name) => !ASIDE.test(name)) ?? null;
  return {
    path,
    raw: names.size === 1 ? home : null,
    home,
    names: [...names],
    base: version(1),
    ours: version(2),
    theirs: version(3),
  };
}

/** The conflicted files of a merge, each path once. */
export function conflictedFiles(reply: Pick<MergeReply, 'conflicted'>): readonly ConflictedFile[] {
  const byPath = new Map<string, ConflictedEntry[]>();
  for (const entry of reply.conflicted) {
    const path = conflictPath(entry);
    const entries = byPath.get(path);
    if (entries === undefined) byPath.set(path, [entry]);
    else entries.push(entry);
  }
  return [...byPath].map(([path, entries]) => fileOf(path, entries));
}

/** True for an ordinary file, which has text to resolve; not for a link or a submodule. */
export const isPlainFile = (version: FileVersion | null): version is FileVersion =>
  version?.mode.startsWith('100') === true;
