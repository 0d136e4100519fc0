import type { Sha } from '../../../core/commit.js';
import type { ConflictMaterial, ConflictVersions } from '../../../core/preview.js';
import { isText, listOf, nullable, objectOf, oneOf } from '../../../core/shape.js';
import { subjectOf } from '../titles.js';
import { placesOf } from './storagePath.js';

/** How a conflicted file is resolved: by the text at its place, by the version of a side, or it is deleted. */
export type Resolving = 'text' | 'ours' | 'theirs' | 'deleted';

/** How far a conflicted file is. */
export type Answer = 'open' | Resolving;

/** A conflicted file, where it is resolved, and how far that is. */
export interface RecordedFile extends ConflictVersions {
  /** Path of the file in which it is resolved, relative to the folder of the commit. */
  readonly place: string;
  readonly answer: Answer;
}

/** What is kept of the conflicts of a commit while a person resolves them: over reloads, and when they come back. */
export interface ResolveRecord {
  readonly target: string;
  readonly sibling: string;
  readonly sha: Sha;
  readonly subject: string;
  readonly files: readonly RecordedFile[];
}

/** Tells a record from anything else a file may hold. */
export const isResolveRecord = objectOf<ResolveRecord>({
  target: isText,
  sibling: isText,
  sha: isText,
  subject: isText,
  files: listOf(
    objectOf<RecordedFile>({
      path: isText,
      type: isText,
      base: nullable(isText),
      ours: nullable(isText),
      theirs: nullable(isText),
      merged: nullable(isText),
      place: isText,
      answer: oneOf<Answer>(['open', 'text', 'ours', 'theirs', 'deleted']),
    }),
  ),
});

/** A record in which nothing is resolved yet. */
export function newRecord(target: string, { sibling, commit, files }: ConflictMaterial): ResolveRecord {
  const places = placesOf(files.map(({ path }) => path));
  return {
    target,
    sibling,
    sha: commit.sha,
    subject: subjectOf(commit),
    files: files.map((file, index) => ({ ...file, place: places[index] ?? `files/${index}`, answer: 'open' })),
  };
}

const isSame = (one: ConflictVersions, other: ConflictVersions): boolean =>
  one.base === other.base && one.ours === other.ours && one.theirs === other.theirs;

/** A record brought up to date. */
export interface Continued {
  readonly record: ResolveRecord;
  /** Files that begin with the merge as git left it. */
  readonly fresh: readonly RecordedFile[];
  /** Paths that begin again because a version of them changed. */
  readonly changed: readonly string[];
}

/** What was resolved before counts as long as all three versions of the file are the same. */
export function continueRecord(known: ResolveRecord | null, now: ResolveRecord): Continued {
  const before = new Map(known?.files.map((file) => [file.path, file]));
  const files = now.files.map((file) => {
    const old = before.get(file.path);
    return old !== undefined && isSame(old, file) && old.place === file.place ? old : file;
  });
  const fresh = files.filter((file) => before.get(file.path) !== file);
  return {
    record: { ...now, files },
    fresh,
    changed: fresh.filter(({ path }) => before.has(path)).map(({ path }) => path),
  };
}

/** True when what was resolved is still what conflicts. */
export const stillConflicts = (record: ResolveRecord, now: ConflictMaterial): boolean =>
  record.files.length === now.files.length &&
  now.files.every((file) => record.files.some((one) => one.path === file.path && isSame(one, file)));

/** The record with the answer to one file. */
export const answered = (record: ResolveRecord, path: string, answer: Answer): ResolveRecord => ({
  ...record,
  files: record.files.map((file) => (file.path === path ? { ...file, answer } : file)),
});

/** The first file that a person has not resolved yet. */
export const nextOpen = (record: ResolveRecord): RecordedFile | undefined =>
  record.files.find(({ answer }) => answer === 'open');

/** `2 of 3 files resolved`. */
export function resolvedText({ files }: ResolveRecord): string {
  const done = files.filter(({ answer }) => answer !== 'open').length;
  return `${done} of ${files.length} files resolved`;
}
