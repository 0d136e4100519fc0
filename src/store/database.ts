import type { Database, SqlJsStatic, Statement } from 'sql.js';
import { AutoSyncError } from '../core/errors.js';
import type { RawRow } from './content.js';
import { MIGRATIONS, type RowCounts, SCHEMA_VERSION, TABLES } from './schema.js';
import type { BoundStatement } from './statements.js';

type Values = readonly (string | number | null)[];

/** The state in memory: a SQLite database of sql.js. It must be closed, or its memory is never given back. */
export class StateDatabase {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs the statements in one transaction: all of them, or none when one fails. */
  write(statements: readonly BoundStatement[]): void {
    this.#database.run('BEGIN');
    try {
      for (const { sql, values } of statements) this.#prepared(sql).run([...values]);
      this.#database.run('COMMIT');
    } catch (error) {
      this.#database.run('ROLLBACK');
      throw error;
    }
  }

  /** Rows of a query, each value as text; ended early, it frees the query too. */
  *rows(sql: string, values: Values = []): Generator<RawRow> {
    const statement = this.#database.prepare(sql, [...values]);
    try {
      while (statement.step()) yield statement.get().map((value) => String(value));
    } finally {
      statement.free();
    }
  }

  /** The first value of a query; null when there is no row. */
  value(sql: string, values: Values = []): string | null {
    for (const row of this.rows(sql, values)) return row[0] ?? null;
    return null;
  }

  counts(): RowCounts {
    const count = (table: string) => Number(this.value(`SELECT count(*) FROM ${table}`));
    const entries = TABLES.map((table) => [table, count(table)] as const);
    return Object.fromEntries(entries) as RowCounts;
  }

  /** The bytes of a database file. Statements are freed first: sql.js may not carry them over an export. */
  exportBytes(): Uint8Array {
    this.#freeStatements();
    return this.#database.export();
  }

  close(): void {
    this.#freeStatements();
    this.#database.close();
  }

  #prepared(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #freeStatements(): void {
    for (const statement of this.#statements.values()) statement.free();
    this.#statements.clear();
  }
}

function migrate(database: Database, from: number): void {
  for (let version = from; version < SCHEMA_VERSION; version += 1) {
    database.exec(`BEGIN; ${MIGRATIONS[version]}; PRAGMA user_version = ${version + 1}; COMMIT;`);
  }
}

function versionOf(database: Database): number {
  return Number(database.exec('PRAGMA user_version')[0]?.values[0]?.[0] ?? 0);
}

/**
 * Opens the bytes of a database file, or an empty state for null, and brings it to the newest schema.
 * `file` is named in messages. Throws `state-newer`; any other error means that the bytes are no database.
 */
export function openDatabase(engine: SqlJsStatic, bytes: Uint8Array | null, file: string): StateDatabase {
  const database = new engine.Database(bytes);
  try {
    const found = versionOf(database);
    refuseNewer(file, found);
    migrate(database, found);
    return new StateDatabase(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Throws `state-newer` when a file's schema is one that this AutoSync does not know. */
export function refuseNewer(file: string, found: number): void {
  if (found > SCHEMA_VERSION) throw new AutoSyncError({ code: 'state-newer', file, found, known: SCHEMA_VERSION });
}

/** `user_version` as a database file's header states it (SQLite file format, offset 60), without opening it. */
export function versionInHeader(bytes: Buffer): number {
  const isDatabase = bytes.length >= 100 && bytes.toString('latin1', 0, 15) === 'SQLite format 3';
  return isDatabase ? bytes.readUInt32BE(60) : 0;
}
