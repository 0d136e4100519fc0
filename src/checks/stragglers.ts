import { readdir, readFile } from 'node:fs/promises';

/** Rounds until nothing new is found: what is found may start more until it is killed. */
const ROUNDS = 5;

/** The environment that a process was started with. */
export type StartedWith = ReadonlyMap<string, string>;

/**
 * Kills processes that left their group but still carry a home below `folder` in the environment they were started
 * with: daemons, where no namespace ends them. What hides its environment is not found. Linux only.
 */
export function killThoseAtHome(folder: string): Promise<void> {
  return killThose((started) => isBelow(started.get('HOME'), folder));
}

/** True for a path that is the folder or stands below it. */
export function isBelow(path: string | undefined, folder: string): boolean {
  return path === folder || path?.startsWith(`${folder}/`) === true;
}

/** Kills the processes, but for this one, whose environment tells that they are to go. Linux only. */
export async function killThose(isToGo: (started: StartedWith) => boolean): Promise<void> {
  if (process.platform !== 'linux') return;
  for (let round = 0; round < ROUNDS; round += 1) {
    const pids = await processesWith(isToGo);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
  }
}

async function processesWith(isToGo: (started: StartedWith) => boolean): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const others = pids.filter((pid) => pid !== process.pid);
  const found = await Promise.all(others.map(async (pid) => (isToGo(await startedWith(pid)) ? [pid] : [])));
  return found.flat();
}

async function startedWith(pid: number): Promise<StartedWith> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const entries = environment.split('\0').map((entry) => entry.split('='));
  return new Map(entries.map(([name = '', ...value]) => [name, value.join('=')]));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone, or it is not ours to end.
  }
}
