import type { SqlJsStatic } from 'sql.js';
import type { Fact, StoreHealth } from '../core/facts.js';
import { BACKUP_FOLDER, backupNames } from './backupCopies.js';
import { factsOf } from './content.js';
import { openDatabase, refuseNewer, type StateDatabase, versionInHeader } from './database.js';
import { type JournalContent, type JournalSnapshot, snapshotsIn } from './journal.js';
import { decodeMirror, type Mirror, sha256 } from './mirror.js';
import { readWhole } from './readFile.js';
import { STATE_FILES, statePath } from './stateFolder.js';
import { type BoundStatement, statementsOf } from './statements.js';
import { factsOfOrigins, type RecordedOrigin } from './trailers.js';

/** What recovery may ask; nothing of it writes. */
export interface RecoveryInput {
  readonly root: string;
  readonly engine: SqlJsStatic;
  readonly now: number;
  readonly trailers: () => Promise<readonly RecordedOrigin[]>;
}

/** The state that the journal is replayed on. */
export interface Base {
  readonly source: StoreHealth['source'];
  readonly database: StateDatabase;
  readonly generation: number;
  /** The last journal batch that it holds. */
  readonly sequence: number;
  /** True when the batches after it must follow without a gap; an older copy takes what there is. */
  readonly exact: boolean;
  /** Checksum of the facts in a mirror that is known to be on the disk. */
  readonly mirrored: string | null;
  readonly notes: readonly string[];
}

/** A file that is not what it should be. */
export interface Damage {
  readonly file: string;
  readonly isMissing: boolean;
  readonly why: string;
}

function sameCounts(database: StateDatabase, snapshot: JournalSnapshot): boolean {
  const found = database.counts();
  return Object.entries(snapshot.counts ?? {}).every(([table, count]) => found[table as keyof typeof found] === count);
}

/** The database file when the journal vouches for it; else what is wrong with it; null when there is none and none is missed. */
export function baseOfDatabase(
  input: Pick<RecoveryInput, 'root' | 'engine'>,
  bytes: Buffer | null,
  journal: JournalContent,
): Base | Damage | null {
  const file = statePath(input.root, STATE_FILES.database);
  const snapshots = snapshotsIn(journal.lines);
  for (const snapshot of snapshots) refuseNewer(file, snapshot.schema);
  if (bytes === null) {
    const expected = snapshots.some((snapshot) => snapshot.sha256 !== null);
    return expected ? { file, isMissing: true, why: 'it is missing' } : null;
  }
  if (snapshots.length === 0) refuseNewer(file, versionInHeader(bytes));
  const digest = sha256(bytes);
  const match = snapshots.findLast((snapshot) => snapshot.sha256 === digest);
  if (match === undefined) return { file, isMissing: false, why: 'its checksum is none that the journal knows' };
  const database = openDatabase(input.engine, bytes, file);
  if (!sameCounts(database, match)) {
    database.close();
    return { file, isMissing: false, why: 'its tables do not have the rows they should have' };
  }
  const { generation, sequence, mirror } = match;
  return { source: 'database', database, generation, sequence, exact: true, mirrored: mirror, notes: [] };
}

function databaseOf(input: RecoveryInput, facts: readonly Fact[]): StateDatabase {
  const database = openDatabase(input.engine, null, STATE_FILES.database);
  const statements: readonly BoundStatement[] = facts.flatMap(statementsOf);
  database.write(statements);
  return database;
}

function baseOfMirror(
  input: RecoveryInput,
  source: 'mirror' | 'backup',
  mirror: Mirror,
  journal: JournalContent,
): Base {
  // The mirror is not rewritten when no fact changed: the journal says up to where it is good all the same.
  const vouched = snapshotsIn(journal.lines).findLast((snapshot) => snapshot.mirror === mirror.facts);
  return {
    source,
    database: databaseOf(input, factsOf(mirror.state)),
    generation: vouched?.generation ?? mirror.generation,
    sequence: vouched?.sequence ?? mirror.sequence,
    exact: vouched !== undefined,
    mirrored: source === 'mirror' ? mirror.facts : null,
    notes: [],
  };
}

async function readMirror(path: string): Promise<Mirror | Damage | null> {
  const bytes = await readWhole(path);
  if (bytes === null) return null;
  const mirror = decodeMirror(bytes);
  if (mirror === null) return { file: path, isMissing: false, why: 'its checksum is wrong' };
  refuseNewer(path, mirror.schema);
  return mirror;
}

async function baseOfBackups(input: RecoveryInput, journal: JournalContent): Promise<Base | null> {
  for (const name of await backupNames(input.root)) {
    const found = await readMirror(statePath(input.root, BACKUP_FOLDER, name));
    if (found === null || 'why' in found) continue;
    const notes = [`The state was read from the backup ${name}; decisions taken after it may be missing.`];
    return { ...baseOfMirror(input, 'backup', found, journal), notes };
  }
  return null;
}

/** True when the journal holds everything from the first fact on. */
function isWholeHistory(journal: JournalContent): boolean {
  const [first] = journal.lines;
  const fromStart = first?.kind === 'snapshot' && first.sequence === 0 && first.sha256 === null;
  return fromStart && journal.lines.some((line) => line.kind === 'batch');
}

const emptyBase = { generation: 0, sequence: 0, mirrored: null } as const;

async function baseOfTrailers(input: RecoveryInput, hadState: boolean): Promise<Base> {
  const origins = await input.trailers();
  const database = databaseOf(input, factsOfOrigins(origins, input.now));
  if (origins.length === 0 && !hadState) return { ...emptyBase, source: 'new', exact: true, database, notes: [] };
  const told = `What landed before (${origins.length} commits) was read from the trailers in the target's log.`;
  const notes = [hadState ? `${told} Decisions and the history of runs were lost.` : told];
  return { ...emptyBase, source: 'trailers', exact: false, database, notes };
}

/**
 * The best state when there is no good database: mirror, newest good backup, the journal alone when it is
 * whole, and last the trailers in the target's log (design: contract). `hadState` tells a loss from a first
 * start. Also says whether the mirror was damaged.
 */
export async function recoverBase(
  input: RecoveryInput,
  journal: JournalContent,
  hadState: boolean,
): Promise<{ readonly base: Base; readonly damages: readonly Damage[] }> {
  const mirror = await readMirror(statePath(input.root, STATE_FILES.mirror));
  if (mirror !== null && !('why' in mirror))
    return { base: baseOfMirror(input, 'mirror', mirror, journal), damages: [] };
  const damages = mirror === null ? [] : [mirror];
  const backup = await baseOfBackups(input, journal);
  if (backup !== null) return { base: backup, damages };
  if (isWholeHistory(journal)) {
    const database = databaseOf(input, []);
    return { base: { ...emptyBase, source: 'journal', exact: true, database, notes: [] }, damages };
  }
  return { base: await baseOfTrailers(input, hadState || damages.length > 0), damages };
}
