import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reapProcesses } from '../checks/reap.js';
import { removeLeftovers } from '../git/leftovers.js';

/** Stands in the cache folder while a command works there: found at a start, it tells that one was killed. */
const BUSY = 'busy';

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * Takes the cache folder of a target over from a run that was killed, if one was: ends its processes, removes its locks,
 * homes and half-written files (design: reliability, I7). To be called by the holder of the target's lock.
 */
export async function takeOver(cacheFolder: string): Promise<void> {
  const busy = join(cacheFolder, BUSY);
  if (await isThere(busy)) {
    await reapProcesses(cacheFolder);
    await removeLeftovers(cacheFolder);
  }
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(busy, `${process.pid}\n`);
}

/** Says that the command has ended in its own way: nothing of it is left to be reaped. */
export async function handOver(cacheFolder: string): Promise<void> {
  await rm(join(cacheFolder, BUSY), { force: true }).catch(() => undefined); // the next start looks in vain, no more
}
