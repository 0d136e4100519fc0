import { stat } from 'node:fs/promises';
import { STATE_FILES, statePath } from './stateFolder.js';

const stampOf = async (path: string): Promise<string> => {
  const { size, mtimeMs, ino } = await stat(path).catch(() => ({ size: -1, mtimeMs: 0, ino: 0 }));
  return `${size}:${mtimeMs}:${ino}`;
};

/** A text that changes whenever the files of the state do; what was read from them may be kept as long as it stays. */
export async function stateStamp(root: string): Promise<string> {
  const files = [STATE_FILES.database, STATE_FILES.journal, STATE_FILES.mirror];
  return (await Promise.all(files.map((name) => stampOf(statePath(root, name))))).join(' ');
}
