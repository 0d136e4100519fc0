import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Objects that git, or we, have not finished. */
const UNFINISHED = /^tmp_(?:obj|pack|idx|rev|objdir)[_-]|^\.tmp-\d+-pack-|^(?:fast_import_crash|marks)[_-]/;

/** Milliseconds: what is younger may be the work of a command that only reads, and takes no lock of the target. */
const YOUNG = 2000;

/** A lock refuses every later write, and only the holder of the target's lock ever takes one. */
async function isLeft(path: string, name: string): Promise<boolean> {
  if (name.endsWith('.lock')) return true;
  if (!UNFINISHED.test(name)) return false;
  const facts = await stat(path).catch(() => null);
  return facts !== null && Date.now() - facts.mtimeMs > YOUNG;
}

/**
 * Removes what a killed git left in our own repository: nobody else would.
 * To be called by the holder of the target's lock, with no git running there. Objects that are whole stay.
 */
export async function removeLeftovers(quarantineFolder: string): Promise<void> {
  const repository = join(quarantineFolder, 'quarantine.git');
  const inside = await readdir(repository, { recursive: true, withFileTypes: true }).catch(() => []);
  const beside = await readdir(quarantineFolder, { withFileTypes: true }).catch(() => []);
  for (const { parentPath, name } of [...inside, ...beside.filter((entry) => entry.isFile())]) {
    const path = join(parentPath, name);
    if (await isLeft(path, name)) await rm(path, { recursive: true, force: true });
  }
}
