import type { Check } from '../core/check.js';
import { configuredVariables, readPrismaConfig } from './prismaConfig.js';
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
 * No engine has to be there; and nothing is asked of the network: else Prisma starts a process of its own beside the
 * check, which tells its makers and asks for a newer version.
 */
const FIXED = [
  'PRISMA_SCHEMA_ENGINE_BINARY=/bin/sh',
  'PRISMA_QUERY_ENGINE_LIBRARY=/bin/sh',
  'CHECKPOINT_DISABLE=1',
  'PRISMA_HIDE_UPDATE_MESSAGE=1',
] as const;

/**
 * `prisma validate` parses the schema by itself, yet it stops when an engine is not there, which it would download, or
 * when a variable that the schema or Prisma's own settings name is not set. Both get a stand-in: the check never sees the user's own, and no
 * program from elsewhere is brought in. Read from the tree under test, because a pick may name another variable.
 */
export async function prismaCommand(folder: string, check: Check): Promise<Check> {
  if (check.reads !== 'prisma' || process.platform === 'win32') return check;
  const place = await findPrismaSchema(folder);
  const schema = place === null ? '' : await readPrismaSchema(folder, place);
  const config = await readPrismaConfig(folder);
  return { ...check, run: `export ${standIns(schema, config?.text).join(' ')}\n${check.run}` };
}

/** Assignments for a shell, `NAME='value'`, from the text of the schema and of Prisma's settings. */
export function standIns(schema: string, config = ''): readonly string[] {
  const provider = /\bdatasource\s+\w+\s*\{[^{}]*?\bprovider\s*=\s*"(\w+)"/.exec(schema)?.[1] ?? '';
  const address = ADDRESSES.get(provider) ?? POSTGRESQL;
  const inSchema = [...schema.matchAll(/\benv\(\s*"([A-Za-z_]\w{0,99})"\s*\)/g)].map(([, name = '']) => name);
  const names = new Set([...inSchema, ...configuredVariables(config)]);
  return [...FIXED, ...[...names].map((name) => `${name}='${address}'`)];
}
