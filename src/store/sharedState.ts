import type { SqlJsStatic } from 'sql.js';
import { factsOf, type StateContent } from './content.js';
import { openDatabase, type StateDatabase } from './database.js';
import { decodeMirror, encodeMirror, type Mirror, mirrorFacts } from './mirror.js';
import { SCHEMA_VERSION } from './schema.js';
import { statementsOf } from './statements.js';
import { stateContentOf } from './stateShape.js';

/** A state of one sibling that came from elsewhere, or why it is not taken, in words. */
export type SharedState =
  | { readonly kind: 'good'; readonly content: StateContent }
  /** `newer`: a newer AutoSync wrote it, so it is whole, and neither read nor replaced. */
  | { readonly kind: 'bad' | 'newer'; readonly why: string };

const FILE = 'the shared state';
/** Escapes and other control characters that a terminal obeys; no text of a row has them. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** The part of a state that is about one sibling, with what belongs to the target as a whole. */
export function contentOfSibling(content: StateContent, sibling: string): StateContent {
  const own = <Row extends { readonly sibling: string }>(rows: readonly Row[] | undefined): readonly Row[] =>
    (rows ?? []).filter((row) => row.sibling === sibling);
  const landings = own(content.landings);
  const ids = new Set(landings.map(({ id }) => id));
  return {
    siblings: content.siblings.filter(({ name }) => name === sibling),
    commits: own(content.commits),
    runs: content.runs,
    decisions: own(content.decisions),
    resolutions: own(content.resolutions),
    landings,
    pullRequests: own(content.pullRequests),
    chains: (content.chains ?? []).filter((chain) => chain.landings.some((id) => ids.has(id))),
    checks: content.checks,
  };
}

/** True when something of a sibling is remembered. */
export function remembersSibling(content: StateContent, sibling: string): boolean {
  const { siblings, commits, decisions, resolutions, landings, pullRequests } = contentOfSibling(content, sibling);
  return [siblings, commits, decisions, resolutions, landings, pullRequests].some((rows) => (rows ?? []).length > 0);
}

async function inMemory<T>(
  engine: SqlJsStatic,
  content: StateContent,
  work: (database: StateDatabase) => Promise<T>,
): Promise<T> {
  const database = openDatabase(engine, null, FILE);
  try {
    database.write(factsOf(content).flatMap(statementsOf));
    return await work(database);
  } finally {
    database.close();
  }
}

/** A state as a mirror; equal facts make equal text. */
export async function encodeShared(engine: SqlJsStatic, content: StateContent): Promise<string> {
  return inMemory(engine, content, async (database) => encodeMirror(await mirrorFacts(database, database), 0, 0));
}

/** Texts of resolutions are contents of files, and may hold anything. */
function hasControls(content: StateContent): boolean {
  const { resolutions: _texts, ...told } = content;
  const isOdd = (value: unknown): boolean => {
    if (typeof value === 'string') return CONTROL.test(value);
    return typeof value === 'object' && value !== null && Object.values(value).some(isOdd);
  };
  return isOdd(told);
}

function strangeIn(content: StateContent, sibling: string): string | null {
  const own = contentOfSibling(content, sibling);
  const others = (Object.keys(own) as (keyof StateContent)[]).find(
    (table) => (content[table] ?? []).length !== (own[table] ?? []).length,
  );
  if (others !== undefined) return `its "${others}" are not only those of ${sibling}`;
  return hasControls(content) ? 'its texts have control characters' : null;
}

/** What `decodeMirror` reads, uncompressed only: what comes from elsewhere must not unfold to more than it is. */
function decoded(bytes: Buffer): Mirror | null {
  try {
    return bytes[0] === 0x7b ? decodeMirror(bytes) : null;
  } catch {
    return null;
  }
}

/**
 * Reads the state of a sibling that somebody else may have written: by the reader of mirrors, then row by row, and at
 * last by a database, which must say the same. Whatever the bytes are, this does not throw.
 */
export async function readShared(engine: SqlJsStatic, bytes: Buffer, sibling: string): Promise<SharedState> {
  const bad = (why: string): SharedState => ({ kind: 'bad', why });
  const mirror = decoded(bytes);
  if (mirror === null) return bad('its checksum is wrong');
  if (!Number.isSafeInteger(mirror.schema) || mirror.schema < 1) return bad('it names no schema');
  if (mirror.schema > SCHEMA_VERSION)
    return {
      kind: 'newer',
      why: `a newer AutoSync wrote it (schema ${mirror.schema}; this one knows ${SCHEMA_VERSION})`,
    };
  try {
    const content = stateContentOf(mirror.state);
    if (content === null) return bad('its rows are not those of a state');
    const strange = strangeIn(content, sibling);
    if (strange !== null) return bad(strange);
    const facts = await inMemory(engine, content, (database) => mirrorFacts(database, database));
    const isSame = mirror.schema < SCHEMA_VERSION || facts.sha256 === mirror.facts;
    return isSame ? { kind: 'good', content } : bad('a database does not take it as it is');
  } catch {
    return bad('no database takes it');
  }
}
