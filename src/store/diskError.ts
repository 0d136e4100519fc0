import { AutoSyncError } from '../core/errors.js';

const MEANINGS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission was denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reported an error',
  EMFILE: 'too many files are open',
};

/** The errno name of a system error, for example `ENOENT`; undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns an error of the file system into the problem `disk`; problems pass through unchanged. */
export function diskError(file: string, doing: string, error: unknown): AutoSyncError {
  if (error instanceof AutoSyncError) return error;
  const errno = errnoOf(error);
  const said = error instanceof Error ? error.message : String(error);
  const why = errno === undefined ? said : `${MEANINGS[errno] ?? said} (${errno})`;
  return new AutoSyncError({ code: 'disk', file, doing, why }, { cause: error });
}
