import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { AutoSyncError } from '../core/errors.js';
import { diskError, errnoOf } from './diskError.js';
import { type Known, type LockHolder, readHolder, takeFileLock } from './fileLock.js';
import { isElsewhere } from './processIdentity.js';
import { STATE_FILES, statePath } from './stateFolder.js';

/** What a lock allows: to write the state of a target, or to be the one that polls its siblings. */
export type LockRight = 'write' | 'poll';

const FILE_OF: Readonly<Record<LockRight, string>> = { write: STATE_FILES.lock, poll: STATE_FILES.pollLock };

/** A right that is held on one target. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Address that one process can listen on at a time and that the system frees with the process: an abstract
 * socket on Linux (unix(7)), a named pipe on Windows. Null elsewhere: there the lock file alone decides.
 */
export function lockAddress(
  realRoot: string,
  platform: NodeJS.Platform = process.platform,
  right: LockRight = 'write',
): string | null {
  const identity = [realRoot, userInfo().uid, ...(right === 'write' ? [] : [right])].join('\0');
  const name = `autosync-${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : null;
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error) => (errnoOf(error) === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server.unref()));
  });
}

function shut(server: Server | null): Promise<void> {
  return new Promise((resolve) => (server === null ? resolve() : server.close(() => resolve())));
}

function describeHolder(holder: LockHolder | null, path: string): string {
  if (holder === null) return 'process unknown';
  const { command, pid, since, host } = holder;
  return isElsewhere(holder)
    ? `${command}, pid ${pid} on ${host}, since ${since}; if nothing runs there any more, delete ${path}`
    : `${command}, pid ${pid}, since ${since}`;
}

const lockedBy = (holder: LockHolder | null, path: string): AutoSyncError =>
  new AutoSyncError({ code: 'locked', holder: describeHolder(holder, path) });

async function refuse(path: string): Promise<never> {
  throw lockedBy(await readHolder(path), path);
}

async function takeFile(path: string, command: string, known: Known) {
  try {
    return await takeFileLock(path, command, known);
  } catch (error) {
    throw diskError(path, 'written', error);
  }
}

/**
 * Takes the lock of the target at `root`, whose `.autosync` is there. The socket cannot be stale; the file
 * says who holds it, and keeps out what the socket cannot see: another user, another network namespace.
 * Throws `locked` with the holder's name, and `disk`.
 */
export async function takeLock(root: string, command: string, now: number, right: LockRight = 'write'): Promise<Lock> {
  const path = statePath(root, FILE_OF[right]);
  const address = lockAddress(await realpath(root), process.platform, right);
  const server = address === null ? null : await listen(address);
  if (address !== null && server === null) return refuse(path);
  try {
    // Two that poll do no harm, and a container that was ended at work must not keep the next one from it.
    const known = { now, isAlone: server !== null, overElsewhere: right === 'poll' };
    const file = await takeFile(path, command, known);
    if (file.kind === 'taken') throw lockedBy(file.by, path);
    return { release: () => file.release().finally(() => shut(server)) };
  } catch (error) {
    await shut(server);
    throw error;
  }
}
