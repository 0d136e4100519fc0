import { constants } from 'node:fs';
import { open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_FOLLOW } from './disk.js';
import { makeQueue } from './queue.js';
import { ensureFolder } from './stateFolder.js';

/** How much a log line matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The log of a target. */
export interface Log {
  /** Notes a line; never throws and never waits: what cannot be logged must not stop a run. */
  write(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Resolves when everything noted so far was handed to the disk. */
  close(): Promise<void>;
}

const FILE_BYTES = 1024 * 1024;
/** The log and its predecessors `app.log.1` to `app.log.4`. */
const FILES = 5;
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | NO_FOLLOW;

function plain(value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
}

/** One JSON object without line breaks, every text in it redacted. */
export function logLine(
  redact: (text: string) => string,
  at: string,
  level: LogLevel,
  message: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  const clean = (_key: string, value: unknown): unknown => {
    const shown = plain(value);
    return typeof shown === 'string' ? redact(shown) : typeof shown === 'bigint' ? String(shown) : shown;
  };
  try {
    return JSON.stringify({ ...fields, at, level, message }, clean);
  } catch {
    return JSON.stringify({ at, level, message: 'A line was left out: it could not be redacted and written as JSON.' });
  }
}

async function roll(path: string): Promise<void> {
  await unlink(`${path}.${FILES - 1}`).catch(() => undefined);
  for (let number = FILES - 2; number >= 1; number -= 1) {
    await rename(`${path}.${number}`, `${path}.${number + 1}`).catch(() => undefined);
  }
  await rename(path, `${path}.1`).catch(() => undefined);
}

async function append(root: string, text: string): Promise<void> {
  const path = join(await ensureFolder(root, 'logs'), 'app.log');
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size > 0 && size + Buffer.byteLength(text) > FILE_BYTES) await roll(path);
  const file = await open(path, APPEND, 0o600);
  try {
    await file.appendFile(text);
  } finally {
    await file.close();
  }
}

/** Lines joined as far as a file holds them: on a busy machine many wait for the disk at once. */
function pieces(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last === undefined || Buffer.byteLength(last) + Buffer.byteLength(line) > FILE_BYTES) joined.push(line);
    else joined[joined.length - 1] = last + line;
  }
  return joined;
}

/**
 * Opens `.autosync/logs/app.log`: rolling, five files of 1 MB, one JSON object a line. Nothing is made before
 * the first line. `redact` takes secrets out of a text.
 */
export function openLog(root: string, redact: (text: string) => string): Log {
  const queue = makeQueue();
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    for (const text of pieces(lines)) await append(root, text);
  };
  return {
    write: (level, message, fields = {}) => {
      waiting.push(`${logLine(redact, new Date().toISOString(), level, message, fields)}\n`);
      queue.run(flush).catch(() => undefined);
    },
    close: () => queue.run(flush).catch(() => undefined),
  };
}
