import { readHolder } from './fileLock.js';
import { isElsewhere, isRunning } from './processIdentity.js';
import { STATE_FILES, statePath } from './stateFolder.js';

/** True when a living process holds the right to write the state of the target at `root`: some run works. */
export async function isBeingWritten(root: string): Promise<boolean> {
  const holder = await readHolder(statePath(root, STATE_FILES.lock));
  // A file that names nobody has pid 0, which to the system means a whole group of processes.
  return holder !== null && holder.pid > 0 && (isElsewhere(holder) || isRunning(holder));
}
