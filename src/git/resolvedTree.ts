import { type Commit, type Sha, SUBMODULE_MODE } from '../core/commit.js';
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
  readonly conflicted: ConflictedFile & { readonly home: string };
  readonly resolved: ResolutionFile;
}

/** The answer to every conflict; null when one was resolved against another version, or cannot be resolved like that. */
function answersTo(
  conflicts: readonly ConflictedFile[],
  resolution: readonly ResolutionFile[],
): readonly Answer[] | null {
  if (
    !resolvesAll(
      resolution,
      conflicts.map(({ path, ours, theirs }) => ({ path, ours: ours?.oid ?? null, theirs: theirs?.oid ?? null })),
    )
  )
    return null;
  const answers = conflicts.flatMap((conflicted): readonly Answer[] => {
    const resolved = resolution.find(({ path }) => path === conflicted.path);
    const { home } = conflicted;
    return resolved === undefined || home === null || !isAnswerable(conflicted, resolved)
      ? []
      : [{ conflicted: { ...conflicted, home }, resolved }];
  });
  return answers.length === conflicts.length ? answers : null;
}

/** Only an ordinary file can be given a text; a side can be kept whatever it is, but for a submodule. */
function isAnswerable({ ours, theirs, raw }: ConflictedFile, resolved: ResolutionFile): boolean {
  if ('keep' in resolved) return [ours, theirs].every((version) => version?.mode !== SUBMODULE_MODE);
  return resolved.text === null || (raw !== null && isPlainFile(ours ?? theirs));
}

const textOf = (resolved: ResolutionFile): string => ('keep' in resolved ? '' : (resolved.text ?? ''));

/** No conflict marker ever lands: what was looked at when it was resolved is looked at again. */
async function isFreeOfMarkers(desk: ResolveDesk, answers: readonly Answer[]): Promise<boolean> {
  const oids = answers.flatMap(({ conflicted: { ours, theirs } }) => [ours, theirs].flatMap((one) => one?.oid ?? []));
  const contents = await readBlobs(desk.pen.room, oids, desk.signal);
  return answers.every(({ conflicted, resolved }) => {
    const versions = [conflicted.ours, conflicted.theirs].flatMap((one) => contents.get(one?.oid ?? '') ?? []);
    return !hasConflictMarkers(
      textOf(resolved),
      versions.map((bytes) => decode(bytes).text),
    );
  });
}

async function fileOf(pen: Pen, { conflicted, resolved }: Answer): Promise<FilePut['file']> {
  if ('keep' in resolved) return conflicted[resolved.keep];
  const { text, encoding = 'utf8' } = resolved;
  if (text === null) return null;
  const oid = await pen.write({ type: 'blob', body: Buffer.from(text, encoding) });
  return { mode: (conflicted.ours ?? conflicted.theirs)?.mode ?? '100644', oid };
}

/** The file at its own path; what git set aside of it goes. */
async function putsOf(pen: Pen, answer: Answer): Promise<readonly FilePut[]> {
  const { home, names } = answer.conflicted;
  const aside = names.filter((name) => name !== home).map((path) => ({ path, file: null }));
  return [...aside, { path: home, file: await fileOf(pen, answer) }];
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
  const puts = (await Promise.all(answers.map((answer) => putsOf(desk.pen, answer)))).flat();
  return treeWith(desk, await desk.pen.write(syntheticCommit(reply.tree, commit.sha, commit.committer.seconds)), puts);
}

/** The tree of a commit with some files replaced. */
export async function treeWith(desk: ResolveDesk, commit: Sha, puts: readonly FilePut[]): Promise<Sha> {
  const changed = await commitWith(desk.pen.room, desk.folder, commit, puts, desk.signal);
  const args = ['rev-parse', '--verify', '--end-of-options', `${changed}^{tree}`];
  return (await askGit({ place: desk.pen.room.place, args, signal: desk.signal })).out.trim();
}
