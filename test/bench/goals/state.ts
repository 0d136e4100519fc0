import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Fact } from '../../../src/core/facts.js';
import { openDatabase } from '../../../src/store/database.js';
import { REAL_DISK } from '../../../src/store/disk.js';
import { continueJournal } from '../../../src/store/journalFile.js';
import { saveDatabase } from '../../../src/store/snapshot.js';
import { loadSqlEngine } from '../../../src/store/sqlEngine.js';
import { STATE_FILES, statePath } from '../../../src/store/stateFolder.js';
import { statementsOf } from '../../../src/store/statements.js';
import { openStore } from '../../../src/store/store.js';
import { commitsFact, makeCommit, NOON } from '../../store/sampleFacts.js';
import { freshPath } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { pairedOf, sides, timeOf } from '../stopwatch.js';

const ROWS = 10_000;
const CHANGED = 100;

const rowsFrom = (first: number, count: number, reason: string): Fact =>
  commitsFact(
    'acme',
    Array.from({ length: count }, (_unused, index) => makeCommit(first + index, { reason })),
  );

/** A folder whose state holds ten thousand rows. */
async function fullState(): Promise<string> {
  const root = freshPath('root');
  mkdirSync(root);
  const store = await openStore({ root, clock: () => NOON });
  await store.record([rowsFrom(1, ROWS, 'It picks cleanly.')]);
  await store.close();
  return root;
}

/** Saving after a hundred changed rows, against what sql.js and the disk take for the same bytes. */
async function saving(root: string, rounds: number): Promise<Measured> {
  const engine = await loadSqlEngine();
  const database = openDatabase(engine, readFileSync(statePath(root, STATE_FILES.database)), STATE_FILES.database);
  const folder = freshPath('saved');
  mkdirSync(statePath(folder), { recursive: true });
  const journal = continueJournal(statePath(folder, STATE_FILES.journal), Buffer.alloc(0), false, REAL_DISK);
  let generation = 0;
  const change = (): void => {
    generation += 1;
    database.write(statementsOf(rowsFrom(generation * CHANGED, CHANGED, `Round ${generation}.`)));
  };
  const ours = async (): Promise<number> => {
    change();
    return timeOf(() =>
      saveDatabase({
        root: folder,
        engine,
        disk: REAL_DISK,
        database,
        journal,
        generation,
        sequence: generation,
        mirrored: null,
        now: NOON,
      }),
    );
  };
  const bare = async (): Promise<number> => {
    change();
    return timeOf(() => writeFileSync(freshPath('bare.db'), database.exportBytes()));
  };
  const paired = await pairedOf(rounds, ours, bare);
  await journal.close();
  database.close();
  return {
    goal: '9',
    what: `save after ${CHANGED} changed of ${ROWS} rows / bare export() + write`,
    value: paired.ratio,
    unit: 'x',
    want: GOAL.atMost(1.5),
    note: sides(paired),
    wrong: null,
  };
}

/** Opening ten thousand rows to read, against opening the same bytes with sql.js. */
async function opening(root: string, rounds: number): Promise<Measured> {
  const engine = await loadSqlEngine();
  const ours = (): Promise<number> =>
    timeOf(async () => {
      const store = await openStore({ root, clock: () => NOON, readOnly: true });
      await store.close();
    });
  const raw = (): Promise<number> =>
    timeOf(() => {
      const database = new engine.Database(readFileSync(statePath(root, STATE_FILES.database)));
      database.exec('SELECT count(*) FROM commits');
      database.close();
    });
  const paired = await pairedOf(rounds, ours, raw);
  return {
    goal: '9',
    what: `open ${ROWS} rows / raw open`,
    value: paired.ratio,
    unit: 'x',
    want: GOAL.atMost(2),
    note: sides(paired),
    wrong: null,
  };
}

/** Goal 9: what it costs to keep and to open the state. */
export async function stateGoal(rounds: number): Promise<readonly Measured[]> {
  const root = await fullState();
  return [await saving(root, rounds), await opening(root, rounds)];
}
