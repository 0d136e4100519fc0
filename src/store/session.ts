import type { SqlJsStatic } from 'sql.js';
import { AutoSyncError } from '../core/errors.js';
import type { Fact, StoreHealth } from '../core/facts.js';
import type { Clock, StorePort } from '../core/ports.js';
import type { Disk } from './disk.js';
import { continueJournal } from './journalFile.js';
import type { LoadedState } from './load.js';
import type { Lock } from './lock.js';
import {
  chainsIn,
  checkIn,
  commitsIn,
  decisionsIn,
  flakyNamesIn,
  landingsIn,
  pullRequestsIn,
  resolutionsIn,
  runsIn,
  siblingsIn,
} from './queries.js';
import { makeQueue } from './queue.js';
import { writeSnapshot } from './snapshot.js';
import { makeSnapshotTimer } from './snapshotTimer.js';
import { STATE_FILES, statePath } from './stateFolder.js';
import { CLEAR_ALL, statementsOf } from './statements.js';

/** An open store, with what only the commands on backups need. */
export interface StoreSession extends StorePort {
  /** Replaces everything by `facts`, whole or not at all. Throws `disk`, `locked`. */
  replaceAll(facts: readonly Fact[]): Promise<void>;
}

/** What a session of the one writer works with. */
export interface WriterParts {
  readonly root: string;
  readonly engine: SqlJsStatic;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly lock: Lock;
  readonly loaded: LoadedState;
  /** Milliseconds without a new fact after which the files are brought up to date. */
  readonly snapshotDelayMs: number;
}

/** Past this length, in bytes, the journal is emptied without waiting for quiet: reading it would take too long. */
const LONG_JOURNAL = 16 * 1024 * 1024;

type Reads = Omit<StorePort, 'health' | 'record' | 'snapshot' | 'close'>;

function readsOf({ database }: LoadedState): Reads {
  return {
    siblings: () => siblingsIn(database),
    commits: (sibling) => commitsIn(database, sibling),
    decisions: () => decisionsIn(database),
    resolutions: () => resolutionsIn(database),
    landings: () => landingsIn(database),
    pullRequests: () => pullRequestsIn(database),
    chains: () => chainsIn(database),
    runs: (limit) => runsIn(database, limit),
    check: (key) => checkIn(database, key),
    flaky: () => flakyNamesIn(database),
  };
}

function refusal(what: string): AutoSyncError {
  return new AutoSyncError({ code: 'usage', what, next: 'Open the state for writing.' });
}

/** A session that reads what was loaded and never writes. Recording throws `usage`. */
export function readerSession(loaded: LoadedState): StoreSession {
  const { source, notes, generation } = loaded;
  let isOpen = true;
  const refuse = async (): Promise<never> => {
    throw refusal('The state was opened to be read only, so nothing can be recorded.');
  };
  return {
    ...readsOf(loaded),
    health: { source, notes, generation },
    record: refuse,
    replaceAll: refuse,
    snapshot: async () => undefined,
    close: async () => {
      if (isOpen) loaded.database.close();
      isOpen = false;
    },
  };
}

/** The session of the one writer. Jobs that touch the disk run one after the other. */
export function writerSession(parts: WriterParts): StoreSession {
  const { root, engine, disk, clock, lock, loaded } = parts;
  const { database } = loaded;
  const { good, intact } = loaded.journal;
  const journal = continueJournal(statePath(root, STATE_FILES.journal), good, intact, disk);
  const queue = makeQueue();
  let { generation, sequence, mirrored } = loaded;
  let snapshotted = loaded.lacks === 'nothing' ? loaded.sequence : null;
  let laterNotes: readonly string[] = [];
  let closing: Promise<void> | null = null;

  const writeFiles = async (): Promise<void> => {
    if (snapshotted === sequence) return;
    generation += 1;
    const input = { root, engine, disk, database, journal, generation, sequence, mirrored, now: clock() };
    mirrored = null;
    mirrored = (await writeSnapshot(input)).mirror;
    snapshotted = sequence;
  };

  const timer = makeSnapshotTimer(parts.snapshotDelayMs, () => {
    queue.run(writeFiles).catch((error: unknown) => {
      laterNotes = [...new Set([...laterNotes, error instanceof Error ? error.message : String(error)])];
    });
  });

  const acknowledge = async (facts: readonly Fact[]): Promise<void> => {
    const statements = facts.flatMap(statementsOf);
    await journal.append({ kind: 'batch', sequence: sequence + 1, facts });
    sequence += 1;
    database.write(statements);
    if (journal.length > LONG_JOURNAL) await writeFiles();
    else timer.touch();
  };

  const shut = async (): Promise<void> => {
    timer.stop();
    try {
      await writeFiles();
    } finally {
      await journal.close();
      database.close();
      await lock.release();
    }
  };

  return {
    ...readsOf(loaded),
    get health(): StoreHealth {
      return { source: loaded.source, notes: [...loaded.notes, ...laterNotes], generation };
    },
    record: async (facts) => {
      if (closing !== null) throw refusal('The state was closed already, so nothing can be recorded.');
      if (facts.length > 0) await queue.run(() => acknowledge(facts));
    },
    replaceAll: (facts) =>
      queue.run(async () => {
        database.write([...CLEAR_ALL, ...facts.flatMap(statementsOf)]);
        snapshotted = null;
        await writeFiles();
      }),
    snapshot: () => queue.run(writeFiles),
    close: () => {
      closing ??= queue.run(shut);
      return closing;
    },
  };
}
