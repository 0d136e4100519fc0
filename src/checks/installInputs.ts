import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Settings in the root that change what is installed, or where; `.yarnrc.yml` is asked for by itself. */
const SETTINGS: readonly string[] = ['.npmrc', '.yarnrc', 'pnpm-workspace.yaml'];

/** Where patches of packages stand: of patch-package, pnpm and Bun; of Yarn 2 and later; of older habits. */
const PATCH_FOLDERS: readonly string[] = ['patches', '.yarn/patches', '.patches'];

/** So many files of a folder at most, and so many bytes of each, are read. */
const [MOST_FILES, MOST_BYTES] = [2_000, 5_000_000];

/**
 * SHA-256 over the files beside manifests and lockfile that decide what an install brings: a lockfile does not name the
 * content of every patch, and none names the settings. Patches elsewhere are found through the files that name them.
 */
export async function digestOfInputs(folder: string): Promise<string> {
  const listed = await Promise.all(PATCH_FOLDERS.map((place) => filesBelow(folder, place)));
  const named = await Promise.all(['package.json', ...SETTINGS].map((name) => textOf(folder, name)));
  const paths = new Set([...SETTINGS, ...listed.flat(), ...named.flatMap((text) => patchesIn(text ?? ''))]);
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) hash.update(`${JSON.stringify([path, await textOf(folder, path)])}\n`);
  return hash.digest('hex');
}

/** Paths of patches that a manifest or settings name, inside the project. */
function patchesIn(text: string): readonly string[] {
  const found = [...text.matchAll(/[\w@%+~./-]+\.(?:patch|diff)\b/g)].map(([path]) =>
    path.replace(/^(?:~?\.?\/)+/, ''),
  );
  return found.filter((path) => !path.split('/').includes('..'));
}

/** With their types, no link is followed: two links to the folder itself lead round and round until that fails. */
async function filesBelow(folder: string, place: string): Promise<readonly string[]> {
  const listed = { recursive: true, withFileTypes: true } as const;
  const entries = await readdir(join(folder, place), listed).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files
    .sort()
    .slice(0, MOST_FILES)
    .map((file) => relative(folder, file));
}

/** Null when it is no plain file: where a link leads is not looked at. */
async function textOf(folder: string, path: string): Promise<string | null> {
  const stats = await lstat(join(folder, path)).catch(() => null);
  return stats?.isFile() && stats.size <= MOST_BYTES ? readFile(join(folder, path), 'latin1') : null;
}
