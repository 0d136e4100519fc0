import type { DemoCommit, DemoContent, DemoEdit } from './commit.js';

/** A file of a sample tree. */
export interface DemoFile {
  readonly mode: '100644' | '100755';
  readonly content: DemoContent;
}

/** All files of a commit by path. */
export type Snapshot = ReadonlyMap<string, DemoFile>;

/** A commit of a list with its place in it, its parents' places, and its files. */
export interface PlacedCommit {
  readonly commit: DemoCommit;
  /** Places in the list; the first parent comes first. */
  readonly parents: readonly number[];
  readonly files: Snapshot;
}

const NO_FILES: Snapshot = new Map();

/**
 * Finds the parents and the files of every commit of a list.
 * Throws an Error when the data contradicts itself: a key that is not there, an edit that does not fit exactly once.
 */
export function placeCommits(commits: readonly DemoCommit[]): readonly PlacedCommit[] {
  const placed: PlacedCommit[] = [];
  for (const commit of commits) placed.push(placeCommit(commit, placed));
  return placed;
}

function placeCommit(commit: DemoCommit, before: readonly PlacedCommit[]): PlacedCommit {
  const first = commit.after === undefined ? before.length - 1 : placeOf(commit.after, before);
  const side = commit.merges === undefined ? [] : [placeOf(commit.merges.side, before)];
  const parents = [...(first < 0 ? [] : [first]), ...side];
  const start = before[first]?.files ?? NO_FILES;
  return { commit, parents, files: changed(commit, mergeSide(commit, start, before)) };
}

/** Place of the commit with a key in a list. Throws an Error when there is none. */
export function placeOf(key: string, placed: readonly PlacedCommit[]): number {
  const place = placed.findIndex(({ commit }) => commit.key === key);
  if (place < 0) throw new Error(`sample history: no earlier commit has the key "${key}"`);
  return place;
}

/** The files of the main line with what the side changed since it left. */
function mergeSide({ merges }: DemoCommit, start: Snapshot, before: readonly PlacedCommit[]): Snapshot {
  if (merges === undefined) return start;
  const base = before[placeOf(merges.base, before)]?.files ?? NO_FILES;
  const side = before[placeOf(merges.side, before)]?.files ?? NO_FILES;
  return new Map([...start, ...[...side].filter(([path, file]) => base.get(path) !== file)]);
}

function changed(commit: DemoCommit, start: Snapshot): Snapshot {
  const files = new Map(start);
  for (const path of commit.remove ?? []) files.delete(path);
  for (const [path, content] of Object.entries(commit.write ?? {})) {
    files.set(path, { mode: files.get(path)?.mode ?? '100644', content });
  }
  for (const edit of commit.edit ?? []) files.set(edit.path, edited(files.get(edit.path), edit));
  for (const path of commit.executable ?? [])
    files.set(path, { mode: '100755', content: files.get(path)?.content ?? '' });
  return files;
}

function edited(file: DemoFile | undefined, { path, find, put }: DemoEdit): DemoFile {
  const text = file?.content;
  if (file === undefined || typeof text !== 'string') throw new Error(`sample history: ${path} is no text file`);
  const pieces = text.split(find);
  if (pieces.length !== 2)
    throw new Error(`sample history: ${path} has ${pieces.length - 1} places like ${JSON.stringify(find)}`);
  return { mode: file.mode, content: pieces.join(put) };
}
