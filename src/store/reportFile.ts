import { join, relative } from 'node:path';
import { AutoSyncError } from '../core/errors.js';
import { writeAtomically } from './atomicFile.js';
import { REAL_DISK } from './disk.js';
import { ensureFolder } from './stateFolder.js';

/** Writes `.autosync/reports/report-<date>.md` and returns its path relative to the root. Throws `usage`, `disk`. */
export async function writeReportFile(root: string, date: string, markdown: string): Promise<string> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new AutoSyncError({ code: 'usage', what: `"${date}" is no date.`, next: 'Write it as 2027-01-31.' });
  const file = join(await ensureFolder(root, 'reports', REAL_DISK), `report-${date}.md`);
  await writeAtomically(file, Buffer.from(markdown));
  return relative(root, file);
}
