import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { readPlainFile } from './plainFile.js';
import { configuredSchema, readPrismaConfig } from './prismaConfig.js';

/** Where Prisma looks for a schema when nothing names another place (prisma.io, "Prisma schema location"). */
const DEFAULT_PLACES: readonly string[] = ['prisma/schema.prisma', 'schema.prisma'];

/** Characters of a schema that are read; a longer one is cut. */
const SCHEMA_LIMIT = 1_000_000;

/** Path of Prisma's schema relative to `folder`, or of the folder that holds its files; null when there is none. */
export async function findPrismaSchema(folder: string): Promise<string | null> {
  const named = await namedPlace(folder);
  for (const place of named === null ? DEFAULT_PLACES : [named]) {
    if (await stat(join(folder, place)).catch(() => null)) return place;
  }
  return null;
}

/** Text of the schema; of all its files when `place` is a folder. Empty when it cannot be read. */
export async function readPrismaSchema(folder: string, place: string): Promise<string> {
  const path = join(folder, place);
  const names = await readdir(path, { recursive: true }).catch(() => null);
  const files =
    names === null ? [path] : names.filter((name) => name.endsWith('.prisma')).map((name) => join(path, name));
  const texts = await Promise.all(files.map((file) => readPlainFile(file)));
  return texts
    .map((text) => text ?? '')
    .join('\n')
    .slice(0, SCHEMA_LIMIT);
}

/** What Prisma's settings name, or where there are none `prisma.schema` of package.json; when it is a path inside the folder. */
async function namedPlace(folder: string): Promise<string | null> {
  const config = await readPrismaConfig(folder);
  const manifest = (await readPlainFile(join(folder, 'package.json'))) ?? '{}';
  const named = config === null ? schemaField(manifest) : configuredSchema(config);
  if (named === null || isAbsolute(named)) return null;
  const place = normalize(named);
  return place === '..' || place.startsWith('../') ? null : place;
}

function schemaField(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    const named = member(member(value, 'prisma'), 'schema');
    return typeof named === 'string' && named !== '' ? named : null;
  } catch {
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
