import { readFile, stat } from 'node:fs/promises';

/** So many bytes of a file of the tree under test are read at most: a larger one is none that a person wrote. */
const MOST_BYTES = 1_000_000;

/**
 * Text of a file in the tree under test, also through a link; null when it is not there, too large, or none that ends by
 * itself: behind a link there may be a pipe that a check left, for which a reader waits for ever.
 */
export async function readPlainFile(path: string): Promise<string | null> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() && stats.size <= MOST_BYTES ? readFile(path, 'utf8').catch(() => null) : null;
}
