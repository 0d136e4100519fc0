import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { AutoSyncError } from '../core/errors.js';
import { entryOf, listingOf, type StateContent } from './content.js';
import type { StateDatabase } from './database.js';
import { SCHEMA_VERSION, TABLES, type TableName } from './schema.js';

/** A mirror or a backup as it was read. */
export interface Mirror {
  readonly schema: number;
  readonly generation: number;
  /** The last journal batch that it holds. */
  readonly sequence: number;
  /** SHA-256 of the facts alone: equal means that nothing changed. */
  readonly facts: string;
  readonly state: StateContent;
}

/** The facts as text, with their checksum. */
export interface MirrorFacts {
  readonly text: string;
  readonly sha256: string;
}

/** Rows that are turned to text before others get their turn: the editor's thread must not be held up. */
const ROWS_AT_ONCE = 200;
const HEAD = /^\{\n {2}"checksum": "([0-9a-f]{64})",\n/;

/** SHA-256 as 64 hex digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The same value with the keys of every object in order, so that equal facts make equal text. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withSortedKeys(inner)]));
}

/** JSON of an entry, indented as a member of an array that is a member of `state`. */
function entryText(entry: unknown): string {
  const nested = JSON.stringify([[[withSortedKeys(entry)]]], null, 2);
  return nested.slice('[\n  [\n    [\n'.length, -'\n    ]\n  ]\n]'.length);
}

function differs(table: TableName): AutoSyncError {
  const why = `the database, read back, does not say in its table "${table}" what memory holds`;
  return new AutoSyncError({ code: 'disk', file: '.autosync/state.json', doing: 'written', why });
}

async function tableText(table: TableName, saved: StateDatabase, held: StateDatabase): Promise<string> {
  const memory = held.rows(listingOf(table));
  const texts: string[] = [];
  try {
    for (const row of saved.rows(listingOf(table))) {
      const twin = memory.next();
      if (twin.done === true || twin.value.join('\0') !== row.join('\0')) throw differs(table);
      texts.push(entryText(entryOf(table, row)));
      if (texts.length % ROWS_AT_ONCE === 0) await setImmediate();
    }
    if (memory.next().done !== true) throw differs(table);
  } finally {
    memory.return(undefined);
  }
  return `    ${JSON.stringify(table)}: [${texts.length === 0 ? '' : `\n${texts.join(',\n')}\n    `}]`;
}

/**
 * The facts of a database that was read back from the disk, compared row by row with the one in memory.
 * Throws `disk` when they differ: then no mirror may be written.
 */
export async function mirrorFacts(saved: StateDatabase, held: StateDatabase): Promise<MirrorFacts> {
  const tables: string[] = [];
  for (const table of TABLES) tables.push(await tableText(table, saved, held));
  const text = `{\n${tables.join(',\n')}\n  }`;
  return { text, sha256: sha256(text) };
}

/** The text of a mirror file. It begins with the SHA-256 of everything after that line. */
export function encodeMirror(facts: MirrorFacts, generation: number, sequence: number): string {
  const rest = [
    `  "schema": ${SCHEMA_VERSION},`,
    `  "generation": ${generation},`,
    `  "sequence": ${sequence},`,
    `  "facts": "${facts.sha256}",`,
    `  "state": ${facts.text}\n}\n`,
  ].join('\n');
  return `{\n  "checksum": "${sha256(rest)}",\n${rest}`;
}

/** The bytes of a mirror, uncompressed when it is a backup's; as they are when they are damaged. */
function plainBytes(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return bytes;
  }
}

/** Reads a mirror or a backup; null when it is not byte for byte what was written. */
export function decodeMirror(stored: Buffer): Mirror | null {
  const bytes = plainBytes(stored);
  const head = HEAD.exec(bytes.toString('latin1', 0, 85));
  if (head === null || sha256(bytes.subarray(head[0].length)) !== head[1]) return null;
  return JSON.parse(bytes.toString('utf8'));
}
