import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namePattern, type WorkspacePatterns } from './workspacePatterns.js';

/** A package of a workspace as it stands on the disk. */
export interface MemberFiles {
  /** Relative to the root, with `/`. */
  readonly folder: string;
  readonly packageJson: string;
  /** Text of Nx's project.json; null when there is none. */
  readonly projectJson: string | null;
  /** Text of tsconfig.json; null when there is none. */
  readonly tsconfig: string | null;
}

/** So many folders at most are looked at, and so many bytes of a manifest. */
const [MOST_FOLDERS, MOST_BYTES] = [5_000, 1_000_000];

/** The packages that patterns name, by folder; null when there are too many folders to look at. */
export async function findMembers(root: string, patterns: WorkspacePatterns): Promise<readonly MemberFiles[] | null> {
  const look = { root, left: MOST_FOLDERS };
  const found = new Set<string>();
  for (const segments of patterns.wanted) for (const folder of await expand(look, '', segments)) found.add(folder);
  if (look.left <= 0) return null;
  const folders = [...found].filter((folder) => !patterns.unwanted.some((one) => one.test(`${folder}/`))).sort();
  const members = await Promise.all(folders.map((folder) => readMember(root, folder)));
  return members.filter((member) => member !== null);
}

interface Look {
  readonly root: string;
  left: number;
}

async function expand(look: Look, folder: string, segments: readonly string[]): Promise<readonly string[]> {
  const [first, ...rest] = segments;
  if (first === undefined) return folder === '' ? [] : [folder];
  const below = await foldersIn(look, folder);
  const names = first === '**' ? below : below.filter((name) => namePattern(first).test(name));
  const deeper = await each(names, (name) => expand(look, under(folder, name), first === '**' ? segments : rest));
  return first === '**' ? [...(await expand(look, folder, rest)), ...deeper] : deeper;
}

async function each(names: readonly string[], find: (name: string) => Promise<readonly string[]>): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) found.push(...(await find(name)));
  return found;
}

const under = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Links are not followed: they may lead out of the tree. */
async function foldersIn(look: Look, folder: string): Promise<readonly string[]> {
  look.left -= 1;
  if (look.left <= 0) return [];
  const entries = await readdir(join(look.root, folder), { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
  return folders.map(({ name }) => name).sort();
}

async function readMember(root: string, folder: string): Promise<MemberFiles | null> {
  const packageJson = await readSmall(join(root, folder, 'package.json'));
  if (packageJson === null) return null;
  const [projectJson, tsconfig] = await Promise.all(
    ['project.json', 'tsconfig.json'].map((name) => readSmall(join(root, folder, name))),
  );
  return { folder, packageJson, projectJson: projectJson ?? null, tsconfig: tsconfig ?? null };
}

async function readSmall(file: string): Promise<string | null> {
  const stats = await lstat(file).catch(() => null);
  return stats?.isFile() && stats.size <= MOST_BYTES ? readFile(file, 'utf8') : null;
}
