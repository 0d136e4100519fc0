import { constants, lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstallPlan } from '../core/check.js';
import type { ProcessEnd } from './process.js';

/** What Yarn 2 and later says when it would write another lockfile than the one that is there. */
const REFUSAL = /\bYN0028\b/;

/** Version of the format in which Yarn 2 and later wrote a lockfile; null when it is none of theirs. */
export function lockFormat(text: string): number | null {
  const version = /^__metadata:\r?\n(?: {2}.*\r?\n)*? {2}version: (\d+)/m.exec(text)?.[1];
  return version === undefined ? null : Number(version);
}

/** True when the second lockfile is in a newer format and locks exactly what the first locks. */
export function locksSameNewer(before: string, after: string): boolean {
  const [old, now] = [lockFormat(before), lockFormat(after)];
  return old !== null && now !== null && old < now && locked(before) === locked(after);
}

/** Everything that is locked. Of a package that is patched, the version: each Yarn writes the rest in its own way. */
function locked(text: string): string {
  const found = [...text.matchAll(/^ {2}resolution: "?(.+?)"?\r?$/gm)].map(([, resolution = '']) => {
    const patched = /^(@?[^@]+)@patch:.*\bversion=([^&]+)/.exec(resolution);
    return patched === null ? resolution : `${patched[1]} ${patched[2]}`;
  });
  return [...new Set(found)].sort().join('\n');
}

/**
 * Installs from a lockfile in an older format than the Yarn of this machine writes: it refuses that one, so it may write
 * the lockfile for once, which is put back. Null where it did not refuse that, or would have locked anything else.
 */
export async function installFromOlder(
  folder: string,
  { older }: Pick<InstallPlan, 'older'>,
  refused: ProcessEnd,
  run: (command: string) => Promise<ProcessEnd>,
): Promise<ProcessEnd | null> {
  if (older === undefined || refused.how !== 'exited' || !REFUSAL.test(refused.output)) return null;
  const file = join(folder, older.lockfile);
  if (!(await lstat(file)).isFile()) return null;
  const before = await readFile(file);
  try {
    const end = await run(older.command);
    const after = await readFile(file, 'utf8');
    return end.exit === 0 && locksSameNewer(before.toString('utf8'), after) ? end : null;
  } finally {
    await writeFile(file, before, { flag: constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW });
  }
}
