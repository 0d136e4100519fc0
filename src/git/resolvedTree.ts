import type { Commit, Sha } from '../core/commit.js';
import { hasConflictMarkers } from '../core/conflictMarkers.js';
import type { ResolutionFile } from '../core/facts.js';
import { resolvesAll } from '../core/resolution.js';
import { readBlobs } from './catFile.js';
import { type ConflictedFile, conflictedFiles, isPlainFile } from './conflicted.js';
import { commitWith, type FilePut } from './fastImport.js';
import type { MergeReply } from './mergeTree.js';
import type { Pen } from './pen.js';
import { askGit } from './run.js';
import { syntheticCommit } from './synthetic.js';
import { decode } from './tokens.js';

/** Where resolved trees are made. */
export interface ResolveDesk {
  readonly pen: Pen;
  /** Folder for what git writes down meanwhile. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/** A conflicted file and what a person made of it. */
interface Answer {
  readonly conflicted: ConflictedFile & { readonly raw: string };
  readonly resolved: ResolutionFile;
}

/** The answer to every conflict; null when one was resolved against another version, or cannot be resolved by a text. */
function answersTo(
  conflicts: readonly ConflictedFile[],
  resolution: readonly ResolutionFile[],
): readonly Answer[] | null {
  if (
    !resolvesAll(
      resolution,
      conflicts.map(({ path, ours }) => ({ path, ours: ours?.oid ?? null })),
    )
  )
    return null;
  const answers = conflicts.flatMap((conflicted): readonly Answer[] => {
    const resolved = resolution.find(({ path }) => path === conflicted.path);
    const { raw } = conflicted;
    return resolved === undefined || raw === null || !isAnswerable(conflicted, resolved)
      ? []
      : [{ conflicted: { ...conflicted, raw }, resolved }];
  });
  return answers.length === conflicts.length ? answers : null;
}

/** Only an ordinary file can be given a text. */
function isAnswerable({ ours, theirs }: ConflictedFile, { text }: ResolutionFile): boolean {
  return text === null || isPlainFile(ours ?? theirs);
}

/** No conflict marker ever lands: what was looked at when it was resolved is looked at again. */
async function isFreeOfMarkers(desk: ResolveDesk, answers: readonly Answer[]): Promise<boolean> {
  const oids = answers.flatMap(({ conflicted: { ours, theirs } }) => [ours, theirs].flatMap((one) => one?.oid ?? []));
  const contents = await readBlobs(desk.pen.room, oids, desk.signal);
  return answers.every(({ conflicted, resolved }) => {
    const versions = [conflicted.ours, conflicted.theirs].flatMap((one) => contents.get(one?.oid ?? '') ?? []);
    return !hasConflictMarkers(
      resolved.text ?? '',
      versions.map((bytes) => decode(bytes).text),
    );
  });
}

async function putOf(pen: Pen, { conflicted, resolved }: Answer): Promise<FilePut> {
  const { text, encoding = 'utf8' } = resolved;
  if (text === null) return { path: conflicted.raw, file: null };
  const oid = await pen.write({ type: 'blob', body: Buffer.from(text, encoding) });
  return { path: conflicted.raw, file: { mode: (conflicted.ours ?? conflicted.theirs)?.mode ?? '100644', oid } };
}

/**
 * The tree of a conflicting merge with what a person made of its conflicts in their place; null when the resolution is
 * of other conflicts, or of another version of the target's files.
 */
export async function resolvedTree(
  desk: ResolveDesk,
  reply: MergeReply,
  resolution: readonly ResolutionFile[],
  commit: Pick<Commit, 'sha' | 'committer'>,
): Promise<Sha | null> {
  const answers = answersTo(conflictedFiles(reply), resolution);
  if (answers === null || answers.length === 0 || !(await isFreeOfMarkers(desk, answers))) return null;
  const puts = await Promise.all(answers.map((answer) => putOf(desk.pen, answer)));
  const merged = await desk.pen.write(syntheticCommit(reply.tree, commit.sha, commit.committer.seconds));
  const resolved = await commitWith(desk.pen.room, desk.folder, merged, puts, desk.signal);
  const args = ['rev-parse', '--verify', '--end-of-options', `${resolved}^{tree}`];
  return (await askGit({ place: desk.pen.room.place, args, signal: desk.signal })).out.trim();
}
