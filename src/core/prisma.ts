import type { FileChange, Sha } from './commit.js';
import { sanitize } from './sanitize.js';

type Change = Pick<FileChange, 'path' | 'status' | 'newBlob'>;

/** Path -> blob of the migrations that are there. */
type Migrations = ReadonlyMap<string, Sha>;

const PRISMA = /(?:^|\/)(?:prisma\/.+|[^/]+\.prisma)$/;
const SCHEMA = /\.prisma$/;
/** Prisma's own layout: `migrations/20260131120000_name/migration.sql`, applied in the order of the folder names. */
const MIGRATION = /^((?:.+\/)?migrations)\/([^/]+)\/migration\.sql$/;

/** True for a schema of Prisma and for everything below a folder `prisma`. */
export function isPrismaPath(path: string): boolean {
  return PRISMA.test(path);
}

/** True for the file of a Prisma migration. */
export function isMigration(path: string): boolean {
  return MIGRATION.test(path);
}

/** The migrations that are there once a pick is in. */
export function migrationsAfter(changes: readonly Change[], present: Migrations): Migrations {
  const after = new Map(present);
  for (const { path, status, newBlob } of changes.filter((change) => isMigration(change.path))) {
    if (status === 'D') after.delete(path);
    else after.set(path, newBlob);
  }
  return after;
}

/**
 * What forbids that a pick merges by itself, one sentence each: a schema without a migration, a migration that comes too
 * late, one that is rewritten. `present` holds the migrations of the target and of the picks before this one.
 */
export function prismaVetoes(changes: readonly Change[], present: Migrations): readonly string[] {
  const brought = changes.filter(({ path, status }) => isMigration(path) && status !== 'D' && !present.has(path));
  const added = brought.map(({ path }) => path);
  const vetoes = [
    ...withoutMigration(changes, added, present),
    ...tooLate(added, present),
    ...rewritten(changes, present),
  ];
  return vetoes.map((veto) => sanitize(veto));
}

/** Folders of migrations by their migrations' names, each sorted as Prisma applies them. */
function byFolder(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const [, folder = '', name = ''] = MIGRATION.exec(path) ?? [];
    folders.set(folder, [...(folders.get(folder) ?? []), name].sort());
  }
  return folders;
}

function withoutMigration(
  changes: readonly Change[],
  added: readonly string[],
  present: Migrations,
): readonly string[] {
  const folders = [...byFolder(present.keys()).keys()];
  const served = byFolder(added);
  return changes
    .filter(({ path }) => SCHEMA.test(path))
    .flatMap(({ path }) => {
      const folder = folderOf(path, folders);
      if (folder === null || served.has(folder)) return [];
      return [`It changes the schema ${path} without a migration in ${folder}, so databases would not follow.`];
    });
}

/** The folder of migrations that a schema belongs to: the nearest one that lies beside it or beside a folder above it. */
function folderOf(schema: string, folders: readonly string[]): string | null {
  const nearest = folders
    .filter((folder) => schema.startsWith(folder.slice(0, -'migrations'.length)))
    .sort((one, other) => other.length - one.length);
  return nearest[0] ?? null;
}

function tooLate(added: readonly string[], present: Migrations): readonly string[] {
  const newest = new Map([...byFolder(present.keys())].map(([folder, names]) => [folder, names.at(-1) ?? '']));
  return [...byFolder(added)].flatMap(([folder, names]) => {
    const last = newest.get(folder) ?? '';
    return names
      .filter((name) => name < last)
      .map((name) => `It brings the migration ${name}, which is older than ${last}, the newest that is there.`);
  });
}

function rewritten(changes: readonly Change[], present: Migrations): readonly string[] {
  return changes
    .filter(({ path, status, newBlob }) => present.has(path) && (status === 'D' || present.get(path) !== newBlob))
    .map(({ path, status }) => {
      const name = MIGRATION.exec(path)?.[2] ?? path;
      return `It ${status === 'D' ? 'deletes' : 'edits'} the migration ${name}, which databases may have applied.`;
    });
}
