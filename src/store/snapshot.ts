import type { SqlJsStatic } from 'sql.js';
import { AutoSyncError } from '../core/errors.js';
import { discard, moveIntoPlace, writeAtomically, writeTemporary } from './atomicFile.js';
import { keepBackup } from './backupCopies.js';
import { openDatabase, type StateDatabase } from './database.js';
import type { Disk } from './disk.js';
import type { JournalSnapshot } from './journal.js';
import type { JournalFile } from './journalFile.js';
import { encodeMirror, mirrorFacts, sha256 } from './mirror.js';
import { readWhole } from './readFile.js';
import { SCHEMA_VERSION } from './schema.js';
import { STATE_FILES, statePath } from './stateFolder.js';
import type { BoundStatement } from './statements.js';

/** What a snapshot needs to know. */
export interface SnapshotInput {
  readonly root: string;
  readonly engine: SqlJsStatic;
  readonly disk: Disk;
  readonly database: StateDatabase;
  readonly journal: JournalFile;
  /** Of the snapshot to write; no earlier snapshot may have had it. */
  readonly generation: number;
  /** The last journal batch that `database` holds. */
  readonly sequence: number;
  /** Checksum of the facts in the mirror on the disk; null when there is none to trust. */
  readonly mirrored: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const PUT_META = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

function metaStatements(generation: number, sequence: number): readonly BoundStatement[] {
  const entries = Object.entries({ generation, sequence });
  return entries.map(([key, value]) => ({ sql: PUT_META, values: [key, String(value)] }));
}

/**
 * Writes the database file. The journal is told its checksum before the rename, so that whichever file a
 * kill leaves behind, old or new, the journal vouches for it and holds every fact after it.
 * Throws `disk`, and `locked` when another writer took over.
 */
export async function saveDatabase(input: SnapshotInput): Promise<JournalSnapshot> {
  const { database, journal, generation, sequence, disk } = input;
  const path = statePath(input.root, STATE_FILES.database);
  database.write(metaStatements(generation, sequence));
  const bytes = database.exportBytes();
  const counts = database.counts();
  const digest = sha256(bytes);
  const temporary = await writeTemporary(path, bytes, disk);
  const line = { kind: 'snapshot', sequence, generation, schema: SCHEMA_VERSION, sha256: digest, counts } as const;
  try {
    await journal.append({ ...line, mirror: null });
    await journal.assertOurs();
  } catch (error) {
    await discard(temporary, disk);
    throw error;
  }
  await moveIntoPlace(temporary, path, disk);
  return { ...line, mirror: null };
}

async function openSaved(input: SnapshotInput, expected: string | null): Promise<StateDatabase> {
  const path = statePath(input.root, STATE_FILES.database);
  const bytes = await readWhole(path);
  if (bytes === null || sha256(bytes) !== expected) {
    const why = 'read back, it is not what was written';
    throw new AutoSyncError({ code: 'disk', file: path, doing: 'verified', why });
  }
  return openDatabase(input.engine, bytes, path);
}

/** Writes the mirror and its backup when the facts changed; returns the checksum of the facts. Throws `disk`. */
async function saveMirror(input: SnapshotInput, saved: JournalSnapshot): Promise<string> {
  const readBack = await openSaved(input, saved.sha256);
  try {
    const facts = await mirrorFacts(readBack, input.database);
    if (facts.sha256 === input.mirrored) return facts.sha256;
    const text = encodeMirror(facts, saved.generation, saved.sequence);
    await writeAtomically(statePath(input.root, STATE_FILES.mirror), text, input.disk);
    await keepBackup(input.root, text, input.now, input.disk);
    return facts.sha256;
  } finally {
    readBack.close();
  }
}

/**
 * Database, then mirror and backup, then an emptied journal: each step leaves what the step before it needs.
 * Returns the line with which the journal now begins. Throws `disk`, `locked`; no fact is lost then.
 */
export async function writeSnapshot(input: SnapshotInput): Promise<JournalSnapshot> {
  const saved = await saveDatabase(input);
  const line = { ...saved, mirror: await saveMirror(input, saved) };
  await input.journal.restart(line);
  return line;
}
