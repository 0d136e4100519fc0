import { isProblem } from '../core/errors.js';
import { type Lock, takeLock } from './lock.js';
import { ensureFolder } from './stateFolder.js';

/** Takes the right to poll a target; null when another process or window has it. Throws `disk`. */
export async function takePolling(root: string, command: string, now: number): Promise<Lock | null> {
  await ensureFolder(root, null);
  try {
    return await takeLock(root, command, now, 'poll');
  } catch (error) {
    if (isProblem(error, 'locked')) return null;
    throw error;
  }
}
