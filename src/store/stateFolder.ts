import { lstat, mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { AutoSyncError } from '../core/errors.js';
import { writeAtomically } from './atomicFile.js';
import { type Disk, REAL_DISK } from './disk.js';
import { diskError, errnoOf } from './diskError.js';
import { readWhole } from './readFile.js';

/** Name of AutoSync's folder in the target's root (design: contract). */
export const STATE_FOLDER = '.autosync';

/** Files of the state, by what they hold (design: contract). */
export const STATE_FILES = {
  database: 'autosync.db',
  mirror: 'state.json',
  journal: 'journal.jsonl',
  lock: 'lock',
  pollLock: 'poll.lock',
  checked: 'checked',
  refs: 'state-refs.json',
} as const;

const IGNORED =
  '# Written by AutoSync: only the policy is shared, the state stays on this machine.\n*\n!.gitignore\n!config.json\n';

/** Path of the state's folder below a target's root; nothing is read or made. */
export function statePath(root: string, ...names: readonly string[]): string {
  return join(root, STATE_FOLDER, ...names);
}

async function kindOf(path: string): Promise<'absent' | 'link' | 'other'> {
  try {
    return (await lstat(path)).isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'absent';
    throw diskError(path, 'read', error);
  }
}

async function refuseLeaving(root: string, folder: string): Promise<void> {
  const [home, real] = await Promise.all([realpath(root), realpath(folder).catch(() => null)]);
  const way = real === null ? '..' : relative(home, real);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  const why = 'it is a symbolic link that leaves the repository';
  throw new AutoSyncError({ code: 'unsafe-input', what: 'The folder', value: folder, why });
}

/** True when the folder is there. Throws `unsafe-input` when it is a symbolic link that leaves the root. */
export async function folderExists(root: string, folder: string): Promise<boolean> {
  const kind = await kindOf(folder);
  if (kind === 'link') await refuseLeaving(root, folder);
  return kind !== 'absent';
}

async function ignoreState(root: string, disk: Disk): Promise<void> {
  const path = statePath(root, '.gitignore');
  if ((await readWhole(path)) === null) await writeAtomically(path, IGNORED, disk);
}

/**
 * Makes `.autosync/` (and a folder in it) and `.autosync/.gitignore` where they lack; returns the folder.
 * Throws `unsafe-input` when one is a symbolic link that leaves the root, and `disk`.
 */
export async function ensureFolder(root: string, name: string | null, disk: Disk = REAL_DISK): Promise<string> {
  const folders = name === null ? [statePath(root)] : [statePath(root), statePath(root, name)];
  for (const folder of folders) {
    if (await folderExists(root, folder)) continue;
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw diskError(folder, 'created', error);
    });
  }
  await ignoreState(root, disk);
  return statePath(root, ...(name === null ? [] : [name]));
}
