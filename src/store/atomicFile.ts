import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { type Disk, NO_FOLLOW, type OpenFile, REAL_DISK } from './disk.js';
import { diskError } from './diskError.js';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
const MODE = 0o644;

/** `<file>.<pid>.<nonce>.tmp`: names its writer, so that what a killed writer left can be told from work in progress. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(8).toString('hex')}.tmp`;
}

/**
 * Writes all bytes, however few the system takes at a time. A short write is how a full disk begins:
 * taking it for a success is how write-file-atomic destroys the good file (design: reliability, 0.1).
 */
export async function writeFully(file: OpenFile, bytes: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < bytes.length) {
    const written = await file.write(bytes, offset);
    if (written <= 0) throw new Error(`the disk took ${offset} of ${bytes.length} bytes and no more`);
    offset += written;
  }
}

/** Makes the names in a folder durable: a rename survives a power cut only after this. Not possible on Windows. */
export async function syncFolder(folder: string, disk: Disk = REAL_DISK): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await disk.open(folder, constants.O_RDONLY, 0);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function fill(temporary: string, bytes: Uint8Array, disk: Disk): Promise<void> {
  const file = await disk.open(temporary, CREATE, MODE);
  try {
    await writeFully(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes a temporary file; that it cannot be removed must not hide the error that led here: the sweep gets it later. */
export async function discard(temporary: string, disk: Disk = REAL_DISK): Promise<void> {
  await disk.unlink(temporary).catch(() => undefined);
}

/**
 * Writes `bytes` durably into a new temporary file beside `path` and returns its name. After a failed
 * fsync the kernel may hold the pages for clean: the file is given up, never synced again. Throws `disk`.
 */
export async function writeTemporary(path: string, bytes: Uint8Array, disk: Disk = REAL_DISK): Promise<string> {
  const temporary = temporaryName(path);
  try {
    await fill(temporary, bytes, disk);
    return temporary;
  } catch (error) {
    await discard(temporary, disk);
    throw diskError(path, 'written', error);
  }
}

/** Renames a temporary file over `path`, durably. Throws `disk`; then `path` is whole, the old or the new. */
export async function moveIntoPlace(temporary: string, path: string, disk: Disk = REAL_DISK): Promise<void> {
  try {
    await disk.rename(temporary, path);
    await syncFolder(dirname(path), disk);
  } catch (error) {
    await discard(temporary, disk);
    throw diskError(path, 'replaced', error);
  }
}

/** Replaces `path` by `content` whole or not at all, durably. Throws `disk` with the old file intact. */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  disk: Disk = REAL_DISK,
): Promise<void> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await moveIntoPlace(await writeTemporary(path, bytes, disk), path, disk);
}
