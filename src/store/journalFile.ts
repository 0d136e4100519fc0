import { constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AutoSyncError } from '../core/errors.js';
import { writeAtomically, writeFully } from './atomicFile.js';
import { type Disk, NO_FOLLOW, type OpenFile } from './disk.js';
import { diskError } from './diskError.js';
import { encodeLine, type JournalLine } from './journal.js';
import { readWhole } from './readFile.js';

const APPEND = constants.O_WRONLY | constants.O_APPEND | NO_FOLLOW;

/** The journal of the one writer. Every method resolves only when the disk has it. */
export interface JournalFile {
  /** Bytes of good lines. */
  readonly length: number;
  /** Adds a line. Throws `disk` when it may not have survived, `locked` when another writer took over. */
  append(line: JournalLine): Promise<void>;
  /** Replaces the whole journal by one line. Throws as `append` does. */
  restart(line: JournalLine): Promise<void>;
  /** Throws `locked` when the file is no longer the one this writer left: the fence before a rename. */
  assertOurs(): Promise<void>;
  close(): Promise<void>;
}

interface Held {
  readonly file: OpenFile;
  readonly ino: number;
}

const sizeAndNode = async (path: string) => {
  const facts = await stat(path).catch(() => null);
  return facts === null ? null : { ino: facts.ino, size: facts.size };
};

/**
 * Continues the journal at `path`. `good` is what it must hold: when the file holds something else
 * (a torn tail, damage, nothing), it is replaced by `good` before the first line is added.
 */
export function continueJournal(path: string, good: Buffer, intact: boolean, disk: Disk): JournalFile {
  let held: Held | null = null;
  let length = good.length;
  let mended: Buffer | null = intact ? null : good;

  const moved = () => new AutoSyncError({ code: 'locked', holder: `it replaced ${path} meanwhile` });

  const letGo = async (): Promise<void> => {
    const { file } = held ?? {};
    held = null;
    await file?.close().catch(() => undefined);
  };

  const hold = async (): Promise<Held> => {
    if (held !== null) return held;
    if (mended !== null) await writeAtomically(path, mended, disk);
    mended = null;
    const file = await disk.open(path, APPEND, 0);
    const facts = await file.stat();
    held = { file, ino: facts.ino };
    if (facts.size !== length) throw moved();
    return held;
  };

  const assertOurs = async (): Promise<void> => {
    const { ino } = await hold();
    const now = await sizeAndNode(path);
    if (now === null || now.ino !== ino || now.size !== length) throw moved();
  };

  const expectSize = async (file: OpenFile, size: number): Promise<void> => {
    const facts = await file.stat();
    if (facts.nlink === 0 || facts.size !== size) throw moved();
  };

  const write = async (bytes: Buffer): Promise<void> => {
    const { file } = await hold();
    await expectSize(file, length);
    await writeFully(file, bytes);
    await file.datasync();
    // A line in a file that was replaced meanwhile is lost: it must not be acknowledged.
    await expectSize(file, length + bytes.length);
    length += bytes.length;
  };

  /** After a failed write or sync neither the end of the file nor the descriptor can be trusted: begin a new file. */
  const distrust = async (): Promise<void> => {
    await letGo();
    const bytes = await readWhole(path).catch(() => null);
    if (bytes !== null && bytes.length >= length) mended = bytes.subarray(0, length);
  };

  /** An error after the rename leaves the outcome unknown: read it, and write it once more before going on. */
  const rereadAfter = async (): Promise<void> => {
    const bytes = await readWhole(path).catch(() => null);
    if (bytes === null) return;
    mended = bytes;
    length = bytes.length;
  };

  return {
    get length() {
      return length;
    },
    append: async (line) => {
      try {
        await write(Buffer.from(encodeLine(line)));
      } catch (error) {
        if (!(error instanceof AutoSyncError)) await distrust();
        throw diskError(path, 'extended', error);
      }
    },
    restart: async (line) => {
      await assertOurs().catch((error: unknown) => {
        throw diskError(path, 'read', error);
      });
      await letGo();
      const bytes = Buffer.from(encodeLine(line));
      try {
        await writeAtomically(path, bytes, disk);
        length = bytes.length;
      } catch (error) {
        await rereadAfter();
        throw error;
      }
    },
    assertOurs,
    close: letGo,
  };
}
