import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AutoSyncError } from '../core/errors.js';
import { parseBatch } from './catFile.js';
import type { TreeFile } from './lsTree.js';
import type { Quarantine } from './quarantine.js';
import { runGit } from './run.js';
import { splitNul } from './tokens.js';

const FILE = '.gitattributes';

/** Text inside the quotes that git reads in C style. */
const quoted = (text: string): string => text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');

/** A folder's name as a pattern that matches nothing else. */
const literally = (folder: string): string => folder.replace(/[\\*?[]/g, '\\$&');

/** One line of attributes for files below `folder`; empty for what git ignores there: comments, macros, negations. */
function prefixLine(line: string, folder: string): string {
  const trimmed = line.trim();
  if (trimmed === '' || /^(?:#|!|\[attr\])/.test(trimmed)) return '';
  const inQuotes = /^"((?:[^"\\]|\\.)*)"(.*)$/.exec(trimmed);
  const [, plain = '', states = ''] = inQuotes ?? /^(\S+)(.*)$/.exec(trimmed) ?? [];
  const pattern = inQuotes === null ? quoted(plain) : plain;
  const anywhere = pattern.replace(/\/$/, '').includes('/') ? '' : '**/';
  return `"${quoted(literally(folder))}/${anywhere}${pattern.replace(/^\//, '')}"${states}`;
}

/**
 * Rewrites the lines of a `.gitattributes` in `folder` so that they mean the same at the root (gitattributes(5)):
 * a byte order mark, spaces around a line and CRLF do not count, and a folder's name is no pattern.
 */
export function prefixAttributes(text: string, folder: string): string {
  if (folder === '') return text;
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => prefixLine(line, folder))
    .join('\n');
}

/**
 * Gives the quarantine the attributes that decide merges in the target: a bare repository reads none by itself
 * (design: performance, "Surprises and pitfalls"). Deeper files come later and so win, as they do in a work tree.
 */
export async function adoptAttributes(
  quarantine: Quarantine,
  files: ReadonlyMap<string, TreeFile>,
  signal?: AbortSignal,
): Promise<void> {
  const found = [...files].filter(
    ([path, { mode }]) => (path === FILE || path.endsWith(`/${FILE}`)) && mode.startsWith('100'),
  );
  const ordered = found
    .map(([path, { oid }]) => ({ folder: path.slice(0, -FILE.length - 1), oid }))
    .sort((one, two) => depth(one.folder) - depth(two.folder));
  const contents = await contentsOf(
    quarantine,
    ordered.map(({ oid }) => oid),
    signal,
  );
  const texts = ordered.map(({ folder, oid }) => prefixAttributes(contents.get(oid)?.toString('utf8') ?? '', folder));
  const text = texts.length === 0 ? '' : `${texts.join('\n')}\n`;
  const file = join(quarantine.place.gitDir, 'info', 'attributes');
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  await mkdir(join(quarantine.place.gitDir, 'info'), { recursive: true });
  await writeFile(file, text);
}

async function contentsOf(
  quarantine: Quarantine,
  oids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Buffer>> {
  if (oids.length === 0) return new Map();
  const { out } = await runGit({
    place: quarantine.place,
    args: ['cat-file', '--batch', '--buffer'],
    input: `${oids.join('\n')}\n`,
    signal,
  });
  const contents = parseBatch(out);
  const missing = oids.find((oid) => !contents.has(oid));
  if (missing !== undefined)
    throw new AutoSyncError({
      code: 'git-failed',
      command: 'cat-file --batch',
      exit: 0,
      stderr: `missing blob ${missing}`,
    });
  return contents;
}

const depth = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);

/** The value of an attribute on each path that has one; what is not specified is absent. */
async function attributeOf(
  quarantine: Quarantine,
  name: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const { out } = await runGit({
    place: quarantine.place,
    args: ['check-attr', '--stdin', '-z', name],
    input: `${paths.join('\0')}\0`,
    signal,
  });
  const tokens = splitNul(out);
  const values = new Map<string, string>();
  for (let at = 0; at + 2 < tokens.length; at += 3) {
    const value = tokens[at + 2] ?? 'unspecified';
    if (value !== 'unspecified') values.set(tokens[at] ?? '', value);
  }
  return values;
}

/** Paths whose merge is decided by an attribute (union, binary, a driver), with its value. */
export function mergeAttributes(
  quarantine: Quarantine,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  return attributeOf(quarantine, 'merge', paths, signal);
}

const GENERATED = 'linguist-generated';

/** Paths of which the target's attributes say that a program writes them. */
export async function generatedPaths(
  quarantine: Quarantine,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const file = join(quarantine.place.gitDir, 'info', 'attributes');
  if (!(await readFile(file, 'utf8').catch(() => '')).includes(GENERATED)) return new Set();
  const values = await attributeOf(quarantine, GENERATED, [...new Set(paths)], signal);
  return new Set([...values].filter(([, value]) => value === 'set' || value === 'true').map(([path]) => path));
}
