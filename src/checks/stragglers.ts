import { readdir, readFile } from 'node:fs/promises';

/** Rounds until nothing new is found: what is found may start more until it is killed. */
const ROUNDS = 5;

/**
 * Kills processes that left their group but still carry a home below `folder` in the environment they were started
 * with: daemons, where no namespace ends them. What hides its environment is not found. Linux only.
 */
export async function killThoseAtHome(folder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (let round = 0; round < ROUNDS; round += 1) {
    const pids = await processesAtHome(folder);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
  }
}

async function processesAtHome(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await livesAt(pid, folder)) ? [pid] : [])));
  return found.flat();
}

async function livesAt(pid: number, folder: string): Promise<boolean> {
  if (pid === process.pid) return false;
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return environment.split('\0').some((entry) => entry === `HOME=${folder}` || entry.startsWith(`HOME=${folder}/`));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone, or it is not ours to end.
  }
}
