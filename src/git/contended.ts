import type { FileChange } from '../core/commit.js';
import type { ForecastRequest } from '../core/gitPort.js';
import { isLockfile, isManifest, lockProgramOf } from '../core/lockfiles.js';
import type { TreeFile } from './lsTree.js';
import type { ConflictedEntry, MergeReply } from './mergeTree.js';

/** What a program writes, so that a merge of its text means nothing. */
export type Derived = 'lockfile' | 'generated';

/** True for the type of a conflict in what a program writes. */
export const isDerived = (type: string): type is Derived => type === 'lockfile' || type === 'generated';

/** A file that a program writes and that both sides changed. */
export interface Contended {
  readonly path: string;
  readonly derived: Derived;
  readonly base: TreeFile | null;
  readonly ours: TreeFile | null;
  readonly theirs: TreeFile | null;
}

/** What becomes of the files of a pick that both sides changed and that nobody may merge as text. */
export interface DerivedPart {
  /** Left out of the merge, the target's version stays for now: made anew from the merged manifests afterwards. */
  readonly aside: readonly Contended[];
  /** For a person to decide on. */
  readonly refused: readonly Contended[];
}

const isRegular = (file: TreeFile | null): boolean => file === null || /^100(?:644|755)$/.test(file.mode);

/** Whether both sides changed it. One that is gone on one side counts: git may take it for renamed, and merge its text. */
function contendedFile(file: FileChange, ours: TreeFile | undefined, derived: Derived): Contended | null {
  const { path, status, oldMode, oldBlob, newMode, newBlob } = file;
  const base = status === 'A' ? null : { mode: oldMode, oid: oldBlob };
  const theirs = status === 'D' ? null : { mode: newMode, oid: newBlob };
  if (theirs?.oid === base?.oid) return null; // the mode alone
  if (ours === undefined) return base === null || theirs === null ? null : { path, derived, base, ours: null, theirs };
  return ours.oid === theirs?.oid || ours.oid === base?.oid ? null : { path, derived, base, ours, theirs };
}

/**
 * Finds the lockfiles and generated files that both sides changed: their text is never merged (design: product,
 * "Validate"). A lockfile is made anew when a manifest comes with it; one that changed alone holds choices that no
 * manifest tells, and a person has to make them.
 */
export function derivedPart(
  changes: readonly FileChange[],
  oursAt: (path: string) => TreeFile | undefined,
  generated: ReadonlySet<string>,
): DerivedPart {
  const contended = changes.flatMap((file) => {
    const derived = isLockfile(file.path) ? 'lockfile' : generated.has(file.path) ? 'generated' : null;
    return derived === null ? [] : (contendedFile(file, oursAt(file.path), derived) ?? []);
  });
  const hasManifest = changes.some(({ path }) => isManifest(path));
  const isAside = ({ path, derived, ours, theirs }: Contended): boolean =>
    derived === 'lockfile' && hasManifest && lockProgramOf(path) !== null && theirs !== null && isRegular(ours);
  return { aside: contended.filter(isAside), refused: contended.filter((one) => !isAside(one)) };
}

/** The pick without what is set aside. */
export function beside<Request extends ForecastRequest>(
  request: Request,
  changes: readonly FileChange[],
  aside: readonly Contended[],
): Request {
  if (aside.length === 0) return request;
  const gone = new Set(aside.map(({ path }) => path));
  return { ...request, keep: changes.map(({ path }) => path).filter((path) => !gone.has(path)) };
}

/** The reply of a merge with refused files as conflicts, whatever git made of their text. */
export function heldBack(reply: MergeReply, refused: readonly Contended[]): MergeReply {
  if (refused.length === 0) return reply;
  const known = new Set(reply.conflicted.map(({ path }) => path));
  const missing = refused.filter(({ path }) => !known.has(rawPath(path)));
  return {
    clean: false,
    tree: reply.tree,
    conflicted: [...reply.conflicted, ...missing.flatMap(stagesOf)],
    messages: [
      ...refused.map(({ path, derived }) => ({ paths: [rawPath(path)], type: `CONFLICT (${derived})`, text: '' })),
      ...reply.messages,
    ],
  };
}

/** A path as git writes it: its bytes as Latin-1 text. */
const rawPath = (path: string): string => Buffer.from(path, 'utf8').toString('latin1');

const stagesOf = ({ path, base, ours, theirs }: Contended): readonly ConflictedEntry[] =>
  [base, ours, theirs].flatMap((file, index) =>
    file === null ? [] : [{ ...file, stage: index + 1, path: rawPath(path) }],
  );
