import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG_FILE } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';

/** Name of the file that says that a folder is a sample family of ours, and whether it is whole. */
export const DEMO_MARKER = '.autosync-demo';

const BUILDING = 'AutoSync makes a sample family here. This folder can be deleted.\n';
const WHOLE = 'AutoSync made a sample family here. This folder can be deleted.\n';

/** What stands at the place of a sample family. */
export type DemoFolder = { readonly kind: 'empty' } | { readonly kind: 'half-made' } | { readonly kind: 'whole' };

/**
 * Looks at the place of a sample family. Throws `usage` for a folder with something else in it, and for one of another
 * user, whose programs would run here.
 */
export async function lookAtFolder(folder: string): Promise<DemoFolder> {
  const names = await namesIn(folder);
  if (names === null || names.length === 0) return { kind: 'empty' };
  const marker = await readFile(join(folder, DEMO_MARKER), 'utf8').catch(() => null);
  if (marker !== WHOLE && marker !== BUILDING) throw refusal(`${folder} holds something that is no sample family.`);
  const whole = marker === WHOLE && (await exists(join(folder, 'target', CONFIG_FILE)));
  return { kind: whole ? 'whole' : 'half-made' };
}

/** Makes the folder and says in it that the family is not whole yet. Removes the named members of an earlier attempt. */
export async function startFolder(folder: string, members: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, DEMO_MARKER), BUILDING);
  for (const member of members) await rm(join(folder, member), { recursive: true, force: true });
}

/** Says in the folder that the family is whole. */
export async function finishFolder(folder: string): Promise<void> {
  await writeFile(join(folder, DEMO_MARKER), WHOLE);
}

async function namesIn(folder: string): Promise<readonly string[] | null> {
  const stats = await lstat(folder).catch(() => null);
  if (stats === null) return null;
  if (!stats.isDirectory()) throw refusal(`${folder} is no folder.`);
  if (process.getuid !== undefined && stats.uid !== process.getuid())
    throw refusal(`${folder} belongs to another user.`);
  return readdir(folder);
}

function refusal(what: string): AutoSyncError {
  const next = 'Name an empty folder, or one that is not there yet: `autosync demo FOLDER`.';
  return new AutoSyncError({ code: 'usage', what, next });
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
