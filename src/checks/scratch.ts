import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnFolders } from './environment.js';
import { killThoseAtHome } from './stragglers.js';

/** Lends a process an empty home and temporary folder below `cacheFolder`, and removes them afterwards. */
export async function withScratch<Result>(
  cacheFolder: string,
  use: (own: OwnFolders) => Promise<Result>,
): Promise<Result> {
  const made = join(cacheFolder, 'scratch');
  await mkdir(made, { recursive: true, mode: 0o700 });
  const parent = await realpath(made);
  const folder = await mkdtemp(join(parent, `${process.pid}-`));
  const own = { home: join(folder, 'home'), temporary: join(folder, 'tmp') };
  try {
    await Promise.all([mkdir(own.home), mkdir(own.temporary)]);
    return await use(own);
  } finally {
    await discard(folder);
  }
}

/** Removes what runs that were killed left behind: folders of processes that no longer live, and what still runs in them. */
export async function sweepScratch(cacheFolder: string): Promise<void> {
  const parent = await realpath(join(cacheFolder, 'scratch')).catch(() => null);
  if (parent === null) return;
  const dead = (await readdir(parent)).filter((name) => !isAlive(Number.parseInt(name, 10)));
  for (const name of dead) {
    await killThoseAtHome(join(parent, name));
    await discard(join(parent, name));
  }
}

/** What a check made unremovable on purpose stays until somebody clears the cache; it is no reason to fail a run. */
async function discard(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}

/** True while a process of this id runs, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
