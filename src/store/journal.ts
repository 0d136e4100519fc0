import { crc32 } from 'node:zlib';
import type { Fact } from '../core/facts.js';
import type { RowCounts } from './schema.js';

/** Facts that were acknowledged together: all of them are there after a crash, or none. */
export interface JournalBatch {
  readonly kind: 'batch';
  /** Grows by one with every batch, for ever. */
  readonly sequence: number;
  readonly facts: readonly Fact[];
}

/**
 * What a database file must be to be believed, known apart from that file: SQLite's own integrity check
 * misses most single-bit flips (design: reliability, 0.3).
 */
export interface JournalSnapshot {
  readonly kind: 'snapshot';
  /** The last batch that the database holds. */
  readonly sequence: number;
  readonly generation: number;
  readonly schema: number;
  /** Of the database file; null when the journal began without one. */
  readonly sha256: string | null;
  readonly counts: RowCounts | null;
  /** Checksum of the facts in the mirror that was written with it; null when none was. */
  readonly mirror: string | null;
}

/** One line of the journal. */
export type JournalLine = JournalBatch | JournalSnapshot;

/** A journal as it was read. */
export interface JournalContent {
  /** Lines whose checksum is right, in order. */
  readonly lines: readonly JournalLine[];
  /** The bytes of those lines: what the journal is to hold when the rest is dropped. */
  readonly good: Buffer;
  /** True when the last line was cut off: it was never acknowledged. */
  readonly torn: boolean;
  /** Number (1-based) of the first whole line whose checksum is wrong; null when all are right. */
  readonly damagedLine: number | null;
}

/** Length of `{"crc":"01234567",`, with which every line begins. */
const SEAL_LENGTH = 18;
const SEAL = /^\{"crc":"([0-9a-f]{8})",$/;
const NEWLINE = 0x0a;

/** A line of the journal: JSON that begins with the CRC-32 of all that follows it, closed by a newline. */
export function encodeLine(line: JournalLine): string {
  const rest = JSON.stringify(line).slice(1);
  return `{"crc":"${crc32(rest).toString(16).padStart(8, '0')}",${rest}\n`;
}

/** Reads a line without its newline; null when it is not what was written. */
export function decodeLine(bytes: Buffer): JournalLine | null {
  const seal = SEAL.exec(bytes.toString('latin1', 0, SEAL_LENGTH))?.[1];
  const rest = bytes.subarray(SEAL_LENGTH);
  if (seal === undefined || Number.parseInt(seal, 16) !== crc32(rest)) return null;
  return JSON.parse(`{${rest.toString('utf8')}`);
}

/** Reads a journal. Whatever the bytes are, this does not throw. */
export function parseJournal(bytes: Buffer): JournalContent {
  const lines: JournalLine[] = [];
  const good: Buffer[] = [];
  let damagedLine: number | null = null;
  let start = 0;
  for (let number = 1; ; number += 1) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1) break;
    const line = decodeLine(bytes.subarray(start, end));
    if (line === null) damagedLine ??= number;
    else {
      lines.push(line);
      good.push(bytes.subarray(start, end + 1));
    }
    start = end + 1;
  }
  return { lines, good: Buffer.concat(good), torn: start < bytes.length, damagedLine };
}

/** The batches to apply on top of a state, and what is known of their completeness. */
export interface Replay {
  readonly batches: readonly JournalBatch[];
  /** True when batches are missing between the state and the first one: the state is older than the journal. */
  readonly startsLate: boolean;
  /** True when a line in the middle was lost, so that what follows it was left out. */
  readonly stoppedEarly: boolean;
}

/** Batches after `sequence`, in order, up to the first that is missing. */
export function replayAfter(lines: readonly JournalLine[], sequence: number): Replay {
  const later = lines.filter((line) => line.kind === 'batch').filter((batch) => batch.sequence > sequence);
  const first = later[0]?.sequence ?? sequence + 1;
  const gap = later.findIndex((batch, index) => batch.sequence !== first + index);
  const batches = gap === -1 ? later : later.slice(0, gap);
  return { batches, startsLate: first !== sequence + 1, stoppedEarly: gap !== -1 };
}

/** The highest sequence number that any line names; 0 for none. */
export function lastSequence(lines: readonly JournalLine[]): number {
  return lines.reduce((last, line) => Math.max(last, line.sequence), 0);
}

/** The snapshots that a journal vouches for, newest last. */
export function snapshotsIn(lines: readonly JournalLine[]): readonly JournalSnapshot[] {
  return lines.filter((line) => line.kind === 'snapshot');
}
