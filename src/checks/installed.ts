import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldsOf } from './fields.js';
import { parseObject } from './manifest.js';

/** What package managers fill, by name at any depth, and at the root alone: what stays when the worktree moves on. */
const FILLED: ReadonlySet<string> = new Set(['node_modules', '.pnpm-store']);
const FILLED_AT_ROOT: ReadonlySet<string> = new Set([
  '.yarn/cache',
  '.yarn/unplugged',
  '.pnp.cjs',
  '.pnp.loader.mjs',
  '.yarn/install-state.gz',
]);

/** Folders right below `node_modules` in which tools keep what they can work out again. */
const CACHES: ReadonlySet<string> = new Set(['.cache', '.tmp', '.vite', '.vite-temp', '.vitest']);

/** What stood installed when an install had ended. */
interface Installed {
  /** SHA-256 over name, size, time of change and place on the disk of every file; empty when there is none. */
  readonly print: string;
  /** Names right below `node_modules` that begin with a dot. */
  readonly hidden: readonly string[];
}

const NOTHING: Installed = { print: '', hidden: [] };

/**
 * True when what is installed is what the last install left. Checks can write there, and what the check of one commit
 * left would decide over the next. No check can set the time of change of a file, nor write where this is remembered.
 * What is only generated beside the packages, such as Prisma's client, is removed first.
 */
export async function isAsInstalled(folder: string, cacheFolder: string): Promise<boolean> {
  const installed = (await recall(folder, cacheFolder)) ?? NOTHING;
  await removeGenerated(folder, installed.hidden);
  return (await printOf(folder)) === installed.print;
}

/** Remembers what stands installed now, outside of what checks can write. Where that fails, all is installed anew next time. */
export async function rememberInstalled(folder: string, cacheFolder: string): Promise<void> {
  const record = await recordOf(folder, cacheFolder);
  const installed: Installed = { print: await printOf(folder), hidden: await hiddenIn(folder) };
  try {
    await mkdir(join(cacheFolder, 'installed'), { recursive: true, mode: 0o700 });
    await writeFile(record, JSON.stringify(installed));
  } catch {
    await rm(record, { force: true });
  }
}

async function recall(folder: string, cacheFolder: string): Promise<Installed | null> {
  const text = await readFile(await recordOf(folder, cacheFolder), 'utf8').catch(() => '');
  const { print, hidden } = fieldsOf(parseObject(text));
  if (typeof print !== 'string' || !Array.isArray(hidden)) return null;
  return { print, hidden: hidden.filter((name) => typeof name === 'string') };
}

async function recordOf(folder: string, cacheFolder: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32);
  return join(cacheFolder, 'installed', `${name}.json`);
}

/** None where a commit made `node_modules` a link: it may lead through what a check left, out of the worktree. */
async function hiddenIn(folder: string): Promise<readonly string[]> {
  if (!lstatSync(join(folder, 'node_modules'), { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = await readdir(join(folder, 'node_modules')).catch(() => []);
  return names.filter((name) => name.startsWith('.'));
}

async function removeGenerated(folder: string, kept: readonly string[]): Promise<void> {
  const now = await hiddenIn(folder);
  const generated = now.filter((name) => !kept.includes(name) && !CACHES.has(name));
  await Promise.all(generated.map((name) => rm(join(folder, 'node_modules', name), { recursive: true, force: true })));
}

async function printOf(folder: string): Promise<string> {
  const lines: string[] = [];
  await linesBelow(folder, '', false, lines);
  return lines.length === 0 ? '' : createHash('sha256').update(lines.sort().join('')).digest('hex');
}

/**
 * A line for every installed file below a folder; `filled`: the folder itself is what a package manager fills. The files
 * of one folder are looked at in one go, which takes a third of the time; other work has its turn between folders.
 */
async function linesBelow(root: string, folder: string, filled: boolean, lines: string[]): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const below = folder === '' ? '' : `${folder}/`;
  for (const entry of entries) {
    const path = `${below}${entry.name}`;
    const isFilled = filled || FILLED.has(entry.name) || FILLED_AT_ROOT.has(path);
    if (isFilled && !entry.isDirectory()) lines.push(lineOf(root, path));
    const isLeftOut = path === '.git' || (CACHES.has(entry.name) && /(?:^|\/)node_modules\/$/.test(below));
    if (entry.isDirectory() && !isLeftOut) await linesBelow(root, path, isFilled, lines);
  }
}

function lineOf(root: string, path: string): string {
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  return `${path}\0${stats === undefined ? '' : `${stats.mode} ${stats.size} ${stats.ctimeMs} ${stats.ino}`}\n`;
}
