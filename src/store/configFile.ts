import { CONFIG_FILE } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import { writeAtomically } from './atomicFile.js';
import { readWhole } from './readFile.js';
import { ensureFolder, folderExists, statePath } from './stateFolder.js';

/**
 * Text of the target's `.autosync/config.json`; null when there is none.
 * Throws `unsafe-input` when it, or its folder, is a symbolic link out of the root, and `disk`.
 */
export async function readConfigText(root: string): Promise<string | null> {
  if (!(await folderExists(root, statePath(root)))) return null;
  return (await readWhole(statePath(root, 'config.json')))?.toString('utf8') ?? null;
}

/**
 * Writes the target's `.autosync/config.json` whole or not at all, and `.autosync/.gitignore` beside it.
 * Throws `usage` when the file is there and `overwrite` is not set: policy is the user's work; `unsafe-input`; `disk`.
 */
export async function writeConfigText(
  root: string,
  text: string,
  options: { readonly overwrite?: boolean } = {},
): Promise<void> {
  await ensureFolder(root, null);
  const path = statePath(root, 'config.json');
  const there = (await readWhole(path)) !== null;
  if (there && options.overwrite !== true) {
    const next = 'Edit it, or delete it first to begin anew.';
    throw new AutoSyncError({ code: 'usage', what: `${CONFIG_FILE} is there already, so it was left alone.`, next });
  }
  await writeAtomically(path, text);
}
