import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TestResults } from '../core/testResults.js';
import { writeAtomically } from './atomicFile.js';
import { REAL_DISK } from './disk.js';
import { ensureFolder } from './stateFolder.js';

const textOf = (results: TestResults): string => `${JSON.stringify(results, null, 2)}\n`;

/** What is there, under the name of this run; null when it is not there or not readable. */
async function textThere(file: string, run: string): Promise<string | null> {
  try {
    const there: TestResults = JSON.parse(await readFile(file, 'utf8'));
    return textOf({ ...there, run });
  } catch {
    return null;
  }
}

/**
 * Writes `.autosync/reports/test-results.json`, unless it says the same already of an earlier run: its path relative to
 * the root, null when nothing was written. Throws `disk`.
 */
export async function writeTestResults(root: string, results: TestResults): Promise<string | null> {
  const file = join(await ensureFolder(root, 'reports', REAL_DISK), 'test-results.json');
  const text = textOf(results);
  if ((await textThere(file, results.run)) === text) return null;
  await writeAtomically(file, Buffer.from(text));
  return relative(root, file);
}
