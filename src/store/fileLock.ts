import { randomBytes } from 'node:crypto';
import { link, rename } from 'node:fs/promises';
import { discard, temporaryName, writeAtomically } from './atomicFile.js';
import { errnoOf } from './diskError.js';
import { bootedAt, isElsewhere, isRunning, ownIdentity, type ProcessIdentity } from './processIdentity.js';
import { readWhole } from './readFile.js';

/** Who holds a lock, as the lock file says. */
export interface LockHolder extends ProcessIdentity {
  /** Never used twice: it tells this holder from any other of the same process. */
  readonly nonce: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** What it does, for a person, for example `autosync sync`. */
  readonly command: string;
}

/** Outcome of trying to take a lock file. */
export type FileLock =
  | { readonly kind: 'held'; readonly release: () => Promise<void> }
  | { readonly kind: 'taken'; readonly by: LockHolder | null };

/** Stands in for a lock file that says nothing: it was not written by a living holder, who writes it whole. */
const UNREADABLE: LockHolder = { pid: 0, started: null, nonce: '0'.repeat(16), since: '', command: 'unreadable' };

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, nonce } = value as Partial<LockHolder>;
  return Number.isInteger(pid) && Number(pid) > 0 && /^[0-9a-f]{16}$/.test(String(nonce));
}

/** The holder that the text of a lock file names. */
export function parseHolder(text: string): LockHolder {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/** The holder that a lock file names; null when there is no such file. */
export async function readHolder(path: string): Promise<LockHolder | null> {
  const bytes = await readWhole(path);
  return bytes === null ? null : parseHolder(bytes.toString('utf8'));
}

/** What is known of who could hold a lock. */
export interface Known {
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * True when no other thread of this process can hold it, because of a lock that cannot be stale. What this process
   * holds by the file is then left from a thread that was ended.
   */
  readonly isAlone: boolean;
  /** True when a lock of another machine is taken over like one of this; else it is left alone for ever. Default: false. */
  readonly overElsewhere?: boolean;
}

async function isStale(holder: LockHolder, { now, isAlone, overElsewhere = false }: Known): Promise<boolean> {
  if (isElsewhere(holder) && !overElsewhere) return false;
  if (holder === UNREADABLE || !(await isRunning(holder))) return true;
  if (isAlone && holder.pid === process.pid) return true;
  // Where start times cannot be known, a reboot at least shows; a minute, because clocks get set.
  return holder.started === null && Date.parse(holder.since) < bootedAt(now) - 60_000;
}

/** Gives `mine` the name `path` when nobody has it: link(2) is atomic and never replaces. */
async function claim(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Wins the right to remove the lock of a dead holder. The right to the lock of nonce N is the file
 * `<lock>.<N>.takeover`; a taker that died with it is a dead holder itself, so that its right passes on in
 * the same way. Every nonce is used once, so no two living takers can hold the right.
 */
async function winTakeover(
  lock: string,
  stale: LockHolder,
  mine: string,
  known: Known,
): Promise<readonly string[] | null> {
  const markers: string[] = [];
  for (let dead: LockHolder | null = stale; dead !== null; ) {
    const marker = `${lock}.${dead.nonce}.takeover`;
    markers.push(marker);
    if (await claim(mine, marker)) return markers;
    dead = await readHolder(marker);
    if (dead === null || !(await isStale(dead, known))) return null;
  }
  return null;
}

async function takeOver(lock: string, stale: LockHolder, mine: string, known: Known): Promise<boolean> {
  const markers = await winTakeover(lock, stale, mine, known);
  if (markers === null) return false;
  const isUnchanged = (await readHolder(lock))?.nonce === stale.nonce;
  if (isUnchanged) await rename(mine, lock);
  for (const marker of markers) await discard(marker);
  return isUnchanged;
}

async function release(lock: string, nonce: string): Promise<void> {
  const holder = await readHolder(lock).catch(() => null);
  if (holder?.nonce === nonce) await discard(lock);
}

async function tryClaim(lock: string, mine: string, known: Known): Promise<'held' | LockHolder | null> {
  if (await claim(mine, lock)) return 'held';
  const holder = await readHolder(lock);
  // It was released in between.
  if (holder === null) return (await claim(mine, lock)) ? 'held' : null;
  if (!(await isStale(holder, known))) return holder;
  return (await takeOver(lock, holder, mine, known)) ? 'held' : await readHolder(lock);
}

/**
 * Tries once to take the lock file at `path`: held by one living process at a time, freed by the death of
 * its holder, on any file system with hard links. Only its own holder or the death of it ends a lock; that of another
 * machine, which cannot be seen here, only a person does (design: reliability, "lock").
 */
export async function takeFileLock(path: string, command: string, known: Known): Promise<FileLock> {
  const nonce = randomBytes(8).toString('hex');
  const since = new Date(known.now).toISOString();
  const holder: LockHolder = { ...(await ownIdentity()), nonce, since, command };
  const mine = temporaryName(path);
  await writeAtomically(mine, JSON.stringify(holder));
  try {
    const outcome = await tryClaim(path, mine, known);
    if (outcome !== 'held') return { kind: 'taken', by: outcome };
    return { kind: 'held', release: () => release(path, nonce) };
  } finally {
    await discard(mine);
  }
}
