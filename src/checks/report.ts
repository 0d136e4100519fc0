import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';

/** A JUnit report larger than this, in bytes, is not read. */
const REPORT_LIMIT = 16 * 1024 * 1024;

/** Tells a report written by the check from one that was there before; null when there is none. */
export async function reportStamp(folder: string, path: string): Promise<string | null> {
  const stats = await stat(join(folder, path), { bigint: true }).catch(() => null);
  return stats && `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

/** Text of the report that a check wrote since `stamp`; null when it wrote none, too large a one, or one outside the folder. */
export async function readReport(folder: string, path: string, stamp: string | null): Promise<string | null> {
  const now = await reportStamp(folder, path);
  if (now === null || now === stamp || !(await isInside(folder, path))) return null;
  // A named pipe would be waited for until somebody writes.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(folder, path), flags).catch(() => null);
  if (!file) return null;
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= REPORT_LIMIT ? await file.readFile('utf8') : null;
  } finally {
    await file.close();
  }
}

async function isInside(folder: string, path: string): Promise<boolean> {
  const [root, target] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
  const way = relative(root, target);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../');
}
