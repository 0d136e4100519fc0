import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnFolders } from './environment.js';

/** Lends a process an empty home and temporary folder below `cacheFolder`, and removes them afterwards. */
export async function withScratch<Result>(
  cacheFolder: string,
  use: (own: OwnFolders) => Promise<Result>,
): Promise<Result> {
  const parent = join(cacheFolder, 'scratch');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, `${process.pid}-`));
  const own = { home: join(folder, 'home'), temporary: join(folder, 'tmp') };
  try {
    await Promise.all([mkdir(own.home), mkdir(own.temporary)]);
    return await use(own);
  } finally {
    await discard(folder);
  }
}

/** Removes what runs that were killed left behind: folders of processes that no longer live. */
export async function sweepScratch(cacheFolder: string): Promise<void> {
  const parent = join(cacheFolder, 'scratch');
  const names = await readdir(parent).catch(() => []);
  const dead = names.filter((name) => !isAlive(Number.parseInt(name, 10)));
  await Promise.all(dead.map((name) => discard(join(parent, name))));
}

/** What a check made unremovable on purpose stays until somebody clears the cache; it is no reason to fail a run. */
async function discard(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
