import type { Check } from '../core/check.js';
import { findPrismaSchema, readPrismaSchema } from './prismaSchema.js';

/** An address that `prisma validate` takes for each provider; nothing ever connects to it. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['mysql', 'mysql://localhost/none'],
  ['sqlserver', 'sqlserver://localhost;database=none'],
  ['mongodb', 'mongodb://localhost/none'],
  ['sqlite', 'file:./none.db'],
]);

/** The address for PostgreSQL, and for what speaks its protocol. */
const POSTGRESQL = 'postgresql://localhost/none';

/**
 * `prisma validate` parses the schema by itself, yet it stops when an engine is not there, which it would download, or
 * when a variable that the schema names is not set. Both get a stand-in: the check never sees the user's own, and no
 * program from elsewhere is brought in. Read from the tree under test, because a pick may name another variable.
 */
export async function prismaCommand(folder: string, check: Check): Promise<Check> {
  if (check.reads !== 'prisma' || process.platform === 'win32') return check;
  const place = await findPrismaSchema(folder);
  const schema = place === null ? '' : await readPrismaSchema(folder, place);
  return { ...check, run: `export ${standIns(schema).join(' ')}\n${check.run}` };
}

/** Assignments for a shell: `NAME='value'`. */
export function standIns(schema: string): readonly string[] {
  const provider = /\bdatasource\s+\w+\s*\{[^}]*?\bprovider\s*=\s*"(\w+)"/.exec(schema)?.[1] ?? '';
  const address = ADDRESSES.get(provider) ?? POSTGRESQL;
  const names = new Set([...schema.matchAll(/\benv\(\s*"([A-Za-z_]\w{0,99})"\s*\)/g)].map(([, name]) => name));
  return [
    ...['PRISMA_SCHEMA_ENGINE_BINARY=/bin/sh', 'PRISMA_QUERY_ENGINE_LIBRARY=/bin/sh'],
    ...[...names].map((name) => `${name}='${address}'`),
  ];
}
