import { constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AutoSyncError } from '../core/errors.js';
import { NO_FOLLOW } from './disk.js';
import { diskError, errnoOf } from './diskError.js';

/** All bytes of a file; null when there is none. Throws `unsafe-input` for a symbolic link, else `disk`. */
export async function readWhole(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path, { flag: constants.O_RDONLY | NO_FOLLOW });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return null;
    if (errno !== 'ELOOP') throw diskError(path, 'read', error);
    const why = 'it is a symbolic link, and AutoSync follows none here';
    throw new AutoSyncError({ code: 'unsafe-input', what: 'The file', value: path, why }, { cause: error });
  }
}
