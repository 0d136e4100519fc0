import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { discard } from './atomicFile.js';
import { type Disk, REAL_DISK } from './disk.js';
import { pidExists } from './processIdentity.js';

const TEMPORARY = /\.(\d+)\.[0-9a-f]{16}\.tmp$/;
const TAKEOVER = /^lock\.[0-9a-f]{16}\.takeover$/;
const HOUR = 3_600_000;

/** The pid of the process that wrote a temporary file of ours; null for any other name. */
export function writerOf(name: string): number | null {
  const pid = TEMPORARY.exec(name)?.[1];
  return pid === undefined ? null : Number(pid);
}

async function isOld(path: string, now: number): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts !== null && now - facts.mtimeMs > HOUR;
}

/**
 * Removes what killed writers left in a folder. A file whose writer still runs is in use, unless it is
 * older than an hour: then the pid belongs to somebody else by now. Other people's files stay. To be called
 * by the holder of the lock: a right to take it over is void once somebody has it.
 */
export async function sweepStale(folder: string, now: number, disk: Disk = REAL_DISK): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names) {
    const path = join(folder, name);
    if (TAKEOVER.test(name)) await discard(path, disk);
    const writer = writerOf(name);
    if (writer === null) continue;
    if (!pidExists(writer) || (await isOld(path, now))) await discard(path, disk);
  }
}
