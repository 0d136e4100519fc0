import { stat, utimes, writeFile } from 'node:fs/promises';
import { diskError, errnoOf } from './diskError.js';
import { ensureFolder, STATE_FILES, statePath } from './stateFolder.js';

/**
 * Remembers that the siblings were asked at `now` (milliseconds since 1970). The time is that of an empty file: a poll
 * that finds nothing still writes no byte.
 */
export async function markChecked(root: string, now: number): Promise<void> {
  const path = statePath(root, STATE_FILES.checked);
  const seconds = now / 1000;
  try {
    await utimes(path, seconds, seconds);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw diskError(path, 'written', error);
    await ensureFolder(root, null);
    await writeFile(path, '');
    await utimes(path, seconds, seconds);
  }
}

/** When the siblings were last asked: ISO 8601, UTC; null when they never were. */
export async function readChecked(root: string): Promise<string | null> {
  try {
    return (await stat(statePath(root, STATE_FILES.checked))).mtime.toISOString();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw diskError(statePath(root, STATE_FILES.checked), 'read', error);
  }
}
