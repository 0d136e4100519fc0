import { mkdir, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MergeRoom } from './mergeTree.js';
import type { Quarantine } from './quarantine.js';

/** A place for objects that nobody needs after a job: forecasts make tens of megabytes of them. */
export interface Scratch {
  readonly room: MergeRoom;
  /** Object folder that new objects go to. */
  readonly objects: string;
  remove(): Promise<void>;
}

/** Where scratch folders may be, and what their names begin with. */
interface Ground {
  readonly folder: string;
  readonly prefix: string;
}

/** Linux's file system in memory: forecasts take a quarter less time there (design: performance, c). */
const MEMORY = '/dev/shm';

/** Bytes that one merge writes; measured up to 300 KB where files are large. */
const PER_MERGE = 300 * 1024;

const onDisk = (quarantine: Quarantine): Ground => ({ folder: quarantine.folder, prefix: 'scratch-' });

const inMemory = (quarantine: Quarantine): Ground => ({
  folder: MEMORY,
  prefix: `autosync-scratch-${basename(quarantine.folder)}-`,
});

/** Free bytes of the file system in memory that nobody else needs soon; 0 where there is none. */
async function freeMemory(): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const free = await statfs(MEMORY).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return Math.min(free, process.availableMemory());
}

async function makeFolder(quarantine: Quarantine, merges: number): Promise<string> {
  const make = ({ folder, prefix }: Ground): Promise<string> => mkdtemp(join(folder, `${prefix}${process.pid}-`));
  const fits = (await freeMemory()) > 256 * 1024 * 1024 + 4 * merges * PER_MERGE;
  return fits ? make(inMemory(quarantine)).catch(() => make(onDisk(quarantine))) : make(onDisk(quarantine));
}

/**
 * Opens a scratch object folder that reads through to the quarantine and the target; in memory where what so many
 * merges write fits four times over, and on the disk where nobody knows how much it will be.
 */
export async function openScratch(
  quarantine: Quarantine,
  stdin = true,
  merges = Number.POSITIVE_INFINITY,
): Promise<Scratch> {
  const folder = await makeFolder(quarantine, merges);
  const objects = join(folder, 'objects');
  await mkdir(join(objects, 'pack'), { recursive: true });
  const environment = {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(quarantine.place.gitDir, 'objects'),
  };
  return {
    room: { place: quarantine.place, environment, stdin },
    objects,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const running = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Removes scratch folders that killed runs left behind. */
export async function sweepScratch(quarantine: Quarantine): Promise<void> {
  await sweep(onDisk(quarantine));
  // Everybody may put something into that folder; what is not ours cannot be removed and does not matter.
  if (process.platform === 'linux') await sweep(inMemory(quarantine)).catch(() => undefined);
}

async function sweep({ folder, prefix }: Ground): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    const path = join(folder, name);
    const old = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? 0) > 86_400_000;
    if (old || !running(pid)) await rm(path, { recursive: true, force: true });
  }
}
