/** Tables that hold facts, in the order in which the mirror lists them. */
export const TABLES = [
  'siblings',
  'commits',
  'runs',
  'decisions',
  'resolutions',
  'landings',
  'pullRequests',
  'chains',
  'checks',
] as const;

/** Name of a table that holds facts. */
export type TableName = (typeof TABLES)[number];

/** How many rows each table has: part of what a snapshot is recognised by. */
export type RowCounts = Readonly<Record<TableName, number>>;

/**
 * Steps from one schema to the next; step `i` leads to version `i + 1`, which SQLite keeps as `user_version`.
 * A step that was released is never changed. `position` is the row id: it keeps the order of arrival.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE siblings (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE commits (
     position INTEGER PRIMARY KEY, sibling TEXT NOT NULL, sha TEXT NOT NULL, standing TEXT NOT NULL, type TEXT,
     risk INTEGER, date TEXT NOT NULL, subject TEXT NOT NULL, run TEXT NOT NULL, json TEXT NOT NULL,
     UNIQUE (sibling, sha));
   CREATE TABLE runs (run TEXT PRIMARY KEY, started TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE decisions (
     sibling TEXT NOT NULL, sha TEXT NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL,
     PRIMARY KEY (sibling, sha)) WITHOUT ROWID;
   CREATE TABLE landings (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
   CREATE TABLE checks (position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, json TEXT NOT NULL);`,
  `CREATE TABLE resolutions (
     sibling TEXT NOT NULL, sha TEXT NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL,
     PRIMARY KEY (sibling, sha)) WITHOUT ROWID;`,
  'CREATE TABLE pullRequests (branch TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;',
  'CREATE TABLE chains (head TEXT PRIMARY KEY, since TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;',
];

/** The newest schema that this AutoSync knows. */
export const SCHEMA_VERSION: number = MIGRATIONS.length;

/** Check outcomes that are remembered: the newest so many, because their output is long. */
export const REMEMBERED_CHECKS = 500;
