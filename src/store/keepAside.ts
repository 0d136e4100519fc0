import { copyFile, link } from 'node:fs/promises';

/**
 * Keeps a damaged file under a second name, so that a person can look at it, and returns that name. The
 * first name stays until a good file replaces it: a kill in between must find what it can still be read from.
 */
export async function keepAside(path: string, now: number): Promise<string> {
  const kept = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
  try {
    await link(path, kept);
  } catch {
    // A file system without hard links; and when there is no room for a copy, going on matters more.
    await copyFile(path, kept).catch(() => undefined);
  }
  return kept;
}
