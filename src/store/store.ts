import { basename } from 'node:path';
import type { Clock, StorePort } from '../core/ports.js';
import { BACKUP_FOLDER } from './backupCopies.js';
import { type Disk, REAL_DISK } from './disk.js';
import { loadState } from './load.js';
import { takeLock } from './lock.js';
import type { RecoveryInput } from './recovery.js';
import { readerSession, type StoreSession, writerSession } from './session.js';
import { loadSqlEngine } from './sqlEngine.js';
import { sweepStale } from './staleFiles.js';
import { ensureFolder, statePath } from './stateFolder.js';
import type { RecordedOrigin } from './trailers.js';

/** How a store is opened. */
export interface StoreOptions {
  /** Root of the target's working tree; the state is in `.autosync/` below it. */
  readonly root: string;
  readonly clock: Clock;
  /** Take no lock and write nothing at all. */
  readonly readOnly?: boolean;
  /** What the target's log says of earlier landings; asked only when everything else is lost. */
  readonly trailers?: () => Promise<readonly RecordedOrigin[]>;
  /** Milliseconds without a new fact after which database and mirror are brought up to date; default 1,000. */
  readonly snapshotDelayMs?: number;
  /** Path of `sql-wasm.wasm`; default: beside the bundle, else in node_modules. */
  readonly wasm?: string;
  /** What this process does, for the message that another one gets; default: the name of its program. */
  readonly command?: string;
  /** The system calls that write; tests fail them one by one. */
  readonly disk?: Disk;
}

const SNAPSHOT_DELAY = 1_000;

async function openReader(input: RecoveryInput): Promise<StoreSession> {
  return readerSession(await loadState(input, true));
}

async function mend(session: StoreSession): Promise<void> {
  try {
    await session.snapshot();
  } catch (error) {
    await session.close().catch(() => undefined);
    throw error;
  }
}

async function openWriter(options: StoreOptions, input: RecoveryInput): Promise<StoreSession> {
  const { root, clock, disk = REAL_DISK, snapshotDelayMs = SNAPSHOT_DELAY } = options;
  const command = options.command ?? basename(process.argv[1] ?? process.execPath);
  await ensureFolder(root, null, disk);
  const lock = await takeLock(root, command, clock());
  try {
    for (const folder of [statePath(root), statePath(root, BACKUP_FOLDER)]) await sweepStale(folder, clock(), disk);
    const loaded = await loadState(input, false);
    const session = writerSession({ root, engine: input.engine, disk, clock, lock, loaded, snapshotDelayMs });
    if (loaded.lacks === 'mending') await mend(session);
    return session;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Opens the store as a session, for the commands on backups; everybody else uses `openStore`. Throws as it does. */
export async function openSession(options: StoreOptions): Promise<StoreSession> {
  const { root, clock, trailers = async () => [] } = options;
  const input = { root, engine: await loadSqlEngine(options.wasm), now: clock(), trailers };
  return options.readOnly === true ? openReader(input) : openWriter(options, input);
}

/**
 * Opens what AutoSync remembers of a target, rebuilding it from what is left when it was damaged
 * (`health` says so). There is one writer at a time. Throws `locked` with the holder's name, `state-newer`
 * with the file untouched, `unsafe-input` when `.autosync` leaves the root, and `disk`.
 */
export function openStore(options: StoreOptions): Promise<StorePort> {
  return openSession(options);
}
