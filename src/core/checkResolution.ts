import { SUBMODULE_MODE } from './commit.js';
import { hasConflictMarkers } from './conflictMarkers.js';
import { AutoSyncError } from './errors.js';
import type { ResolutionFile } from './facts.js';
import type { ResolvedFile } from './preview.js';
import { sanitize } from './sanitize.js';
import type { TriedConflict } from './trial.js';

/** UTF-16 units above which a text is not kept in the state. */
const MOST_TEXT = 1024 * 1024;

const shown = (path: string): string => sanitize(path, 1000);

const cannot = (why: string, next: string): AutoSyncError => new AutoSyncError({ code: 'cannot-land', why, next });

const BY_HAND = 'Resolve it by hand with `git cherry-pick`.';

function refuseOthers(conflicts: readonly TriedConflict[], files: readonly ResolvedFile[]): void {
  const paths = conflicts.map(({ path }) => shown(path));
  const given = files.map(({ path }) => path);
  const lacking = paths.filter((path) => !given.includes(path));
  const other = given.find((path, place) => !paths.includes(path) || given.indexOf(path) !== place);
  if (lacking.length > 0)
    throw cannot(
      `${lacking.join(', ')} conflicts and was not resolved`,
      'Resolve every conflicted file, then try again.',
    );
  if (other !== undefined)
    throw cannot(
      `${sanitize(other, 200)} does not conflict, or was resolved twice`,
      'Give every conflicted file once, and no other.',
    );
}

function checkText(conflict: TriedConflict, text: string): void {
  const path = shown(conflict.path);
  if (conflict.encoding === null) throw cannot(`${path} is no text on the side that is kept`, BY_HAND);
  if (text.length > MOST_TEXT) throw cannot(`the text for ${path} is larger than 1 MB`, BY_HAND);
  if (hasConflictMarkers(text, conflict.texts))
    throw cannot(`${path} still has conflict markers`, 'Take them out, then try again.');
  const isLatin1 = !/[^\u0000-\u00ff]/.test(text);
  if (conflict.encoding === 'latin1' && !isLatin1)
    throw cannot(`${path} is encoded in Latin-1, which lacks a character of the text`, BY_HAND);
  if (/\p{Surrogate}/u.test(text)) throw cannot(`the text for ${path} is not valid Unicode`, BY_HAND);
}

function resolutionFile(conflict: TriedConflict, file: ResolvedFile): ResolutionFile {
  const { path, ours, theirs, encoding } = conflict;
  if ([ours, theirs].some((version) => version?.mode === SUBMODULE_MODE))
    throw cannot(`${shown(path)} is a submodule on a side`, BY_HAND);
  if ('keep' in file) return { path, ours: ours?.oid ?? null, theirs: theirs?.oid ?? null, keep: file.keep };
  if (file.text !== null) checkText(conflict, file.text);
  const latin1 = file.text !== null && encoding === 'latin1' ? ({ encoding } as const) : {};
  return { path, ours: ours?.oid ?? null, text: file.text, ...latin1 };
}

/**
 * What a person made of the conflicts of a commit, checked: every conflicted file once and no other, text where it can
 * be text, no conflict marker left, no side of a submodule, nothing that `isDenied`. Throws `cannot-land`.
 */
export function checkResolution(
  conflicts: readonly TriedConflict[],
  files: readonly ResolvedFile[],
  isDenied: (path: string) => boolean,
): readonly ResolutionFile[] {
  refuseOthers(conflicts, files);
  const denied = conflicts.find(({ path }) => isDenied(path));
  if (denied !== undefined)
    throw cannot(`${shown(denied.path)} is on the deny list`, 'Files on the deny list are never taken over.');
  return conflicts.flatMap((conflict) => {
    const file = files.find(({ path }) => path === shown(conflict.path));
    return file === undefined ? [] : [resolutionFile(conflict, file)];
  });
}
