import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { describeProblem } from '../core/errors.js';
import type { StoreHealth } from '../core/facts.js';
import type { StateDatabase } from './database.js';
import { encodeLine, type JournalContent, lastSequence, parseJournal, type Replay, replayAfter } from './journal.js';
import { keepAside } from './keepAside.js';
import { readWhole } from './readFile.js';
import { type Base, baseOfDatabase, type Damage, type RecoveryInput, recoverBase } from './recovery.js';
import { SCHEMA_VERSION } from './schema.js';
import { folderExists, STATE_FILES, statePath } from './stateFolder.js';
import { statementsOf } from './statements.js';

/** The state as it was found, in memory. */
export interface LoadedState {
  readonly source: StoreHealth['source'];
  readonly notes: readonly string[];
  readonly database: StateDatabase;
  readonly generation: number;
  readonly sequence: number;
  /** Checksum of the facts in the mirror on the disk; null when it must be written anew. */
  readonly mirrored: string | null;
  /** What the journal must hold before it goes on. */
  readonly journal: { readonly good: Buffer; readonly intact: boolean };
  /** What the files lack: `nothing`; `facts` of the journal, to be folded in some time; or they are to be `mended` at once. */
  readonly lacks: 'nothing' | 'facts' | 'mending';
}

interface Found {
  readonly journalBytes: Buffer | null;
  readonly journal: JournalContent;
  readonly database: Base | Damage | null;
}

/** A reader may see the files between two steps of a writer; this often it looks again before it believes in damage. */
const LOOKS = 12;
const MILLISECONDS_BETWEEN_LOOKS = 25;

const isDamage = (found: Base | Damage | null): found is Damage => found !== null && 'why' in found;
const isBase = (found: Base | Damage | null): found is Base => found !== null && 'database' in found;

async function look(input: RecoveryInput): Promise<Found> {
  const journalBytes = await readWhole(statePath(input.root, STATE_FILES.journal));
  const journal = parseJournal(journalBytes ?? Buffer.alloc(0));
  const bytes = await readWhole(statePath(input.root, STATE_FILES.database));
  return { journalBytes, journal, database: baseOfDatabase(input, bytes, journal) };
}

async function lookAgain(input: RecoveryInput, looks: number): Promise<Found> {
  const found = await look(input);
  if (looks <= 1 || found.database === null || isBase(found.database)) return found;
  await setTimeout(MILLISECONDS_BETWEEN_LOOKS);
  return lookAgain(input, looks - 1);
}

async function tell(damage: Damage, readOnly: boolean, now: number): Promise<string> {
  const { file, why } = damage;
  if (damage.isMissing) return `${file} is missing; the state was rebuilt from what was left.`;
  if (readOnly) return `${file} is damaged: ${why}. The next run that may write keeps it aside and rebuilds it.`;
  return describeProblem({ code: 'state-damaged', file, why, kept: await keepAside(file, now) });
}

async function tellAll(damages: readonly Damage[], readOnly: boolean, now: number): Promise<readonly string[]> {
  const told: string[] = [];
  for (const damage of damages) told.push(await tell(damage, readOnly, now));
  return told;
}

function replayOn(base: Base, journal: JournalContent): Replay {
  const replay = replayAfter(journal.lines, base.sequence);
  return base.exact && replay.startsLate ? { batches: [], startsLate: false, stoppedEarly: true } : replay;
}

function apply(base: Base, { batches }: Replay): void {
  if (batches.length > 0) base.database.write(batches.flatMap((batch) => batch.facts).flatMap(statementsOf));
}

function notesOfReplay({ startsLate, stoppedEarly }: Replay): readonly string[] {
  const late = 'The journal begins later than the copy that was found: facts in between may be missing.';
  const early = 'Facts after the damaged line of the journal were left out: they are in the file that was kept.';
  return [...(startsLate ? [late] : []), ...(stoppedEarly ? [early] : [])];
}

function damageOfJournal(root: string, { journalBytes, journal, database }: Found): readonly Damage[] {
  const file = statePath(root, STATE_FILES.journal);
  const { damagedLine, lines } = journal;
  if (damagedLine !== null) {
    return [{ file, isMissing: false, why: `line ${damagedLine} does not have its checksum` }];
  }
  if (lines.length > 0 || database === null) return [];
  return [{ file, isMissing: journalBytes === null, why: 'no line of it can be read' }];
}

/** A journal that is not there begins with a line that says what it continues. */
function journalOf(found: Found, base: Base): LoadedState['journal'] {
  const { good, torn, damagedLine } = found.journal;
  if (found.journal.lines.length > 0) return { good, intact: !torn && damagedLine === null };
  const { generation, sequence } = base;
  const unknown = { schema: SCHEMA_VERSION, sha256: null, counts: null, mirror: null };
  return { good: Buffer.from(encodeLine({ kind: 'snapshot', sequence, generation, ...unknown })), intact: false };
}

async function mirrorOnDisk(root: string, base: Base): Promise<string | null> {
  const isThere = await stat(statePath(root, STATE_FILES.mirror)).then(
    () => true,
    () => false,
  );
  return isThere ? base.mirrored : null;
}

/** Nothing is lacking when the journal holds one line, for a database of this schema and the mirror that is there. */
function lackingOf(found: Found, base: Base, mirrored: string | null, isDamaged: boolean): LoadedState['lacks'] {
  if (isDamaged || ['mirror', 'backup', 'trailers'].includes(base.source)) return 'mending';
  const { lines, torn } = found.journal;
  const [first] = lines;
  if (first === undefined) return 'nothing';
  const isSettled = lines.length === 1 && !torn && first.kind === 'snapshot' && first.schema === SCHEMA_VERSION;
  const isEmpty = first.kind === 'snapshot' && first.sha256 === null;
  return isSettled && (isEmpty || mirrored !== null) ? 'nothing' : 'facts';
}

function generationOf(line: JournalContent['lines'][number]): number {
  return line.kind === 'snapshot' ? line.generation : 0;
}

/**
 * Finds the newest state that can be proved whole (design: contract, reliability 3). With `readOnly` nothing
 * is written, and files that do not fit are looked at up to `looks` times. Throws `state-newer`, `disk`, `unsafe-input`.
 */
export async function loadState(
  input: RecoveryInput,
  readOnly: boolean,
  looks = readOnly ? LOOKS : 1,
): Promise<LoadedState> {
  await folderExists(input.root, statePath(input.root));
  const found = await lookAgain(input, looks);
  const lost = [found.database, ...damageOfJournal(input.root, found)].filter(isDamage);
  const hadState = lost.length > 0 || found.journal.lines.length > 1;
  const { base, damages } = isBase(found.database)
    ? { base: found.database, damages: [] }
    : await recoverBase(input, found.journal, hadState);
  const replay = replayOn(base, found.journal);
  apply(base, replay);
  const told = await tellAll([...lost, ...damages], readOnly, input.now);
  const mirrored = await mirrorOnDisk(input.root, base);
  return {
    source: base.source,
    notes: [...told, ...base.notes, ...notesOfReplay(replay)],
    database: base.database,
    generation: Math.max(base.generation, ...found.journal.lines.map(generationOf)),
    sequence: Math.max(base.sequence, lastSequence(found.journal.lines)),
    mirrored,
    journal: journalOf(found, base),
    lacks: lackingOf(found, base, mirrored, told.length > 0),
  };
}
