import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MergeRoom } from './mergeTree.js';
import type { Quarantine } from './quarantine.js';

/** A place for objects that nobody needs after a job: forecasts make tens of megabytes of them. */
export interface Scratch {
  readonly room: MergeRoom;
  /** Object folder that new objects go to. */
  readonly objects: string;
  remove(): Promise<void>;
}

const PREFIX = 'scratch-';

/** Opens a scratch object folder that reads through to the quarantine and the target. */
export async function openScratch(quarantine: Quarantine, stdin = true): Promise<Scratch> {
  const folder = await mkdtemp(join(quarantine.folder, `${PREFIX}${process.pid}-`));
  const objects = join(folder, 'objects');
  await mkdir(join(objects, 'pack'), { recursive: true });
  const environment = {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(quarantine.place.gitDir, 'objects'),
  };
  return { room: { place: quarantine.place, environment, stdin }, objects, remove: () => rm(folder, { recursive: true, force: true }) };
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
  const names = await readdir(quarantine.folder).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    const folder = join(quarantine.folder, name);
    const old = Date.now() - ((await stat(folder).catch(() => null))?.mtimeMs ?? 0) > 86_400_000;
    if (old || !running(pid)) await rm(folder, { recursive: true, force: true });
  }
}
