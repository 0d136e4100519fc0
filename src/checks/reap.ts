import { readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROBE_PREFIX } from './isolation.js';
import { isAlive, sweepScratch } from './scratch.js';
import { isBelow, killThose, type StartedWith } from './stragglers.js';

/** True for a git process on something below `folder` whose run is gone: every git of ours is told which that is. */
const isOrphan = (folder: string) => (started: StartedWith) => {
  const run = started.get('AUTOSYNC_PID');
  return run !== undefined && isBelow(started.get('GIT_DIR'), folder) && !isAlive(Number(run));
};

/**
 * Ends what killed runs left running for a target, and removes the homes and folders they lent: checks, installs, git.
 * To be called by the holder of the target's lock, before it works.
 */
export async function reapProcesses(cacheFolder: string): Promise<void> {
  const real = await realpath(cacheFolder).catch(() => cacheFolder);
  for (const folder of new Set([cacheFolder, real])) await killThose(isOrphan(folder));
  await sweepScratch(cacheFolder);
  const probes = (await readdir(tmpdir()).catch(() => [])).filter((name) => name.startsWith(PROBE_PREFIX));
  const dead = probes.filter((name) => !isAlive(Number.parseInt(name.slice(PROBE_PREFIX.length), 10)));
  for (const name of dead) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
}
