import { join } from 'node:path';
import { AutoSyncError } from '../core/errors.js';
import { writeAtomically } from './atomicFile.js';
import { BACKUP_FOLDER, backupNames } from './backupCopies.js';
import { factsOf } from './content.js';
import { refuseNewer } from './database.js';
import { REAL_DISK } from './disk.js';
import { decodeMirror, type Mirror } from './mirror.js';
import { readWhole } from './readFile.js';
import { ensureFolder, STATE_FILES, statePath } from './stateFolder.js';
import { openSession, type StoreOptions } from './store.js';

/** A version of the state that can be restored. */
export interface Backup {
  /** File name in `.autosync/backups/`, for example `2026-01-02T03.json.gz` (UTC). */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Null when the file is damaged: it cannot be restored. */
  readonly generation: number | null;
}

/** When a backup was made, ISO 8601 in UTC, to the hour for the hourly ones; the name itself when it does not say. */
export function momentOfBackup(name: string): string {
  const [, hour, minutes, seconds] = /(\d{4}-\d\d-\d\dT\d\d)(?:-(\d\d)-(\d\d))?/.exec(name) ?? [];
  if (hour === undefined) return name;
  return minutes === undefined ? hour : `${hour}:${minutes}:${seconds}Z`;
}

/** Versions of the state, newest first; those that were asked for, and those that a restore kept, come last. Throws `disk`, `unsafe-input`. */
export async function listBackups(root: string): Promise<readonly Backup[]> {
  const backups: Backup[] = [];
  for (const name of await backupNames(root)) {
    const bytes = await readWhole(statePath(root, BACKUP_FOLDER, name));
    if (bytes === null) continue;
    backups.push({ name, size: bytes.length, generation: decodeMirror(bytes)?.generation ?? null });
  }
  return backups;
}

async function readBackup(root: string, name: string): Promise<Mirror> {
  const known = await backupNames(root);
  if (!known.includes(name)) {
    const what = `There is no backup ${JSON.stringify(name)} (there are: ${known.join(', ') || 'none'}).`;
    throw new AutoSyncError({ code: 'usage', what, next: 'Name one of them.' });
  }
  const path = statePath(root, BACKUP_FOLDER, name);
  const mirror = decodeMirror((await readWhole(path)) ?? Buffer.alloc(0));
  if (mirror === null) {
    const what = `The backup ${name} is damaged: its checksum is wrong.`;
    throw new AutoSyncError({ code: 'usage', what, next: 'Name another one; nothing was changed.' });
  }
  refuseNewer(path, mirror.schema);
  return mirror;
}

/**
 * Keeps the state, as its last snapshot left it, under a name that no later run replaces; returns the name, null when
 * there is no state. `why` is a word or two of letters and `-`, `now` in milliseconds. Throws `disk`.
 */
export async function keepCurrent(root: string, why: string, now: number): Promise<string | null> {
  const mirror = await readWhole(statePath(root, STATE_FILES.mirror));
  if (mirror === null) return null;
  const name = `${why}-${new Date(now).toISOString().replaceAll(':', '-')}.json`;
  await writeAtomically(join(await ensureFolder(root, BACKUP_FOLDER, REAL_DISK), name), mirror);
  return name;
}

/**
 * Replaces the state by a backup, whole or not at all; the state as it was is kept as a backup first.
 * Returns the name of that one, null when there was no state. Throws `usage` for an unknown or damaged
 * backup, and what `openStore` throws.
 */
export async function restoreBackup(options: StoreOptions, name: string): Promise<string | null> {
  const mirror = await readBackup(options.root, name);
  const session = await openSession(options);
  try {
    await session.snapshot();
    const kept = await keepCurrent(options.root, 'before-restore', options.clock());
    await session.replaceAll(factsOf(mirror.state));
    return kept;
  } finally {
    await session.close();
  }
}
