import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { discard, writeAtomically } from './atomicFile.js';
import type { Disk } from './disk.js';
import { errnoOf } from './diskError.js';
import { ensureFolder, folderExists, statePath } from './stateFolder.js';

/** Name of the folder of backups in `.autosync/`. */
export const BACKUP_FOLDER = 'backups';

const HOURLY = /^(\d{4}-\d{2}-\d{2})T(\d{2})\.json(?:\.gz)?$/;
const compress = promisify(gzip);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONTH = 31 * DAY;

/** Name of the copy of an hour (UTC), for example `2026-01-02T03.json.gz`; within the hour the newest replaces the last. */
export function backupName(now: number): string {
  return `${new Date(now).toISOString().slice(0, 13)}.json.gz`;
}

/** Milliseconds since 1970 at which a copy's hour began; null for a file that is no hourly copy. */
export function hourOf(name: string): number | null {
  const [, day, hour] = HOURLY.exec(name) ?? [];
  return day === undefined ? null : Date.parse(`${day}T${hour}:00:00Z`);
}

/** Copies that are kept no longer: hourly ones for a day, then the last of each day for a month (design: contract). */
export function expiredBackups(names: readonly string[], now: number): readonly string[] {
  const copies = names.flatMap((name) => ({ name, hour: hourOf(name) })).filter((copy) => copy.hour !== null);
  const lastOfDay = new Map<string, string>();
  for (const { name } of copies.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    lastOfDay.set(name.slice(0, 10), name);
  }
  const isKept = (name: string, age: number): boolean =>
    age < DAY || (age < MONTH && lastOfDay.get(name.slice(0, 10)) === name);
  return copies.filter(({ name, hour }) => !isKept(name, now - (hour ?? now))).map(({ name }) => name);
}

/** Names in the folder of backups, newest first; what `before-restore` keeps comes last. */
export async function backupNames(root: string): Promise<readonly string[]> {
  const folder = statePath(root, BACKUP_FOLDER);
  if (!(await folderExists(root, statePath(root))) || !(await folderExists(root, folder))) return [];
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  const isHourly = (name: string): number => (hourOf(name) === null ? 0 : 1);
  const newestFirst = (left: string, right: string): number => (left < right ? 1 : -1);
  return names
    .filter((name) => /\.json(?:\.gz)?$/.test(name))
    .toSorted((left, right) => isHourly(right) - isHourly(left) || newestFirst(left, right));
}

/**
 * Keeps a compressed copy of the mirror for this hour, a tenth of its size, and removes those that are kept no longer.
 * Throws `disk`.
 */
export async function keepBackup(root: string, text: string, now: number, disk: Disk): Promise<void> {
  const folder = await ensureFolder(root, BACKUP_FOLDER, disk);
  await writeAtomically(join(folder, backupName(now)), await compress(text), disk);
  for (const name of expiredBackups(await backupNames(root), now)) await discard(join(folder, name), disk);
}
