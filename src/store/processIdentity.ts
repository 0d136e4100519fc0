import { readFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { errnoOf } from './diskError.js';

/** What tells a process from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot, as Linux states it; null where it cannot be known. */
  readonly started: string | null;
  /** Name of its machine or container; only there do pid and start time say anything. Absent in old files. */
  readonly host?: string;
}

interface ProcStat {
  readonly state: string;
  readonly started: string;
}

/** Reads `/proc/<pid>/stat` (proc(5)): fields after the parenthesised name, state first, start time 20th. */
export function parseProcStat(text: string): ProcStat | null {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? null : { state, started };
}

async function procStat(pid: number): Promise<ProcStat | null> {
  if (process.platform !== 'linux') return null;
  return parseProcStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: (await procStat(process.pid))?.started ?? null, host: hostname() };
}

/** True when it is a process of another machine or container: whether it still runs cannot be known here. */
export function isElsewhere({ host }: ProcessIdentity): boolean {
  return host !== undefined && host !== hostname();
}

/** True when the system knows a process of this pid, whoever owns it. */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

/** Milliseconds since 1970 at which this machine started, give or take a few. */
export function bootedAt(now: number): number {
  return now - uptime() * 1000;
}

/** True when that very process still runs: not one that got its pid later, not one that was killed and not yet reaped. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  if (!pidExists(identity.pid)) return false;
  const stat = await procStat(identity.pid);
  if (stat === null) return true;
  if (stat.state === 'Z' || stat.state === 'X') return false;
  return identity.started === null || identity.started === stat.started;
}
