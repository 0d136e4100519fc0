import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Sha } from '../core/commit.js';
import { AutoSyncError, isProblem } from '../core/errors.js';
import type { TargetView } from '../core/gitPort.js';
import type { GitPlace } from './environment.js';
import { runGit } from './run.js';

/** Our own bare repository for one target, and the folders beside it. */
export interface Quarantine {
  readonly place: Extract<GitPlace, { kind: 'quarantine' }>;
  /** `<user's cache>/autosync/<id of the target>`; deleting it costs only a new fetch. */
  readonly folder: string;
  /** Why it had to be built again, in words; null when it was sound or new. */
  readonly rebuilt: string | null;
  /** Value of each ref when it was opened. */
  readonly refs: ReadonlyMap<string, Sha>;
}

/** The user's cache folder by the platform's convention (XDG Base Directory Specification on Linux). */
export function userCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment['XDG_CACHE_HOME']?.startsWith('/')) return environment['XDG_CACHE_HOME'];
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

/** Where everything that can be rebuilt about a target is kept: named by the target's real path. */
export function cacheFolderOf(root: string, cache = userCacheFolder()): string {
  return join(cache, 'autosync', createHash('sha256').update(root).digest('hex').slice(0, 16));
}

async function createBare(gitDir: string, objectFormat: string): Promise<void> {
  await rm(gitDir, { recursive: true, force: true });
  await mkdir(gitDir, { recursive: true });
  const args = [
    'init',
    '--quiet',
    '--bare',
    '--template=',
    `--object-format=${objectFormat}`,
    '--initial-branch=none',
    gitDir,
  ];
  await runGit({ place: { kind: 'nowhere' }, args });
  await mkdir(join(gitDir, 'info'), { recursive: true });
}

const writeWhenDifferent = async (file: string, text: string): Promise<void> => {
  const now = await readFile(file, 'utf8').catch(() => null);
  if (now !== text) await writeFile(file, text);
};

/** Lets the quarantine read the target's objects, and know where a shallow target's history ends. */
async function borrow(gitDir: string, target: TargetView): Promise<void> {
  await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
  await writeWhenDifferent(join(gitDir, 'objects', 'info', 'alternates'), `${join(target.gitCommonDir, 'objects')}\n`);
  await borrowShallow(gitDir, target);
}

const linesOf = async (file: string): Promise<readonly string[]> =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');

/**
 * Where history ends: where it does in the target now, and where it does in shallow siblings that were fetched. What
 * came from the target is remembered, so that a target that was made complete is not cut for ever.
 */
async function borrowShallow(gitDir: string, target: TargetView): Promise<void> {
  const [file, memory] = [join(gitDir, 'shallow'), join(gitDir, 'autosync-shallow')];
  const theirs = target.shallow ? await linesOf(join(target.gitCommonDir, 'shallow')) : [];
  const before = new Set(await linesOf(memory));
  const ours = (await linesOf(file)).filter((line) => !before.has(line));
  const ends = [...new Set([...theirs, ...ours])];
  if (ends.length === 0) await rm(file, { force: true });
  else await writeWhenDifferent(file, `${ends.join('\n')}\n`);
  await writeWhenDifferent(memory, theirs.map((line) => `${line}\n`).join(''));
}

type Refs = Quarantine['refs'];

async function readAllRefs(place: Quarantine['place']): Promise<Refs> {
  const { out } = await runGit({ place, args: ['for-each-ref', '--format=%(refname) %(objectname)'] });
  const lines = out
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.map((line) => line.split(' ') as [string, Sha]));
}

/** The refs, or why the quarantine cannot be used: every ref must lead to a commit whose tree is there. */
async function refsOrDamage(place: Quarantine['place']): Promise<Refs | string> {
  try {
    const refs = await readAllRefs(place);
    if (refs.size === 0) return refs;
    const input = [...refs.values()].map((sha) => `${sha}^{tree}\n`).join('');
    const found = await runGit({ place, args: ['cat-file', '--batch-check'], input });
    const missing = found.out
      .toString('utf8')
      .split('\n')
      .find((line) => / missing$/.test(line));
    return missing === undefined ? refs : `an object is gone (${missing})`;
  } catch (error) {
    if (isProblem(error, 'git-failed'))
      return error.problem.code === 'git-failed' ? error.problem.stderr : error.message;
    throw error;
  }
}

const damageNote = (gitDir: string): string => join(gitDir, 'autosync-damaged');

/** What is known without asking git: damage that a run met, or another repository at the target's path. */
async function knownUnfit(gitDir: string, target: TargetView): Promise<string | null> {
  const note = await readFile(damageNote(gitDir), 'utf8').catch(() => null);
  if (note !== null) return note;
  const config = await readFile(join(gitDir, 'config'), 'utf8').catch(() => '');
  const format = /objectformat\s*=\s*sha256/i.test(config) ? 'sha256' : 'sha1';
  return format === target.objectFormat ? null : `the target's object names are ${target.objectFormat} now`;
}

/** Leaves a note that the quarantine is damaged, so that the next run makes it anew. */
export async function noteDamage(place: Quarantine['place'], why: string): Promise<void> {
  await writeFile(damageNote(place.gitDir), why).catch(() => undefined);
}

/** Opens the target's quarantine; makes it when it is new, and again when it is damaged. */
export async function openQuarantine(target: TargetView, cache = userCacheFolder()): Promise<Quarantine> {
  const folder = cacheFolderOf(target.root, cache);
  const gitDir = join(folder, 'quarantine.git');
  const place = { kind: 'quarantine', gitDir } as const;
  const isNew = !existsSync(gitDir);
  if (!isNew && existsSync(join(gitDir, 'HEAD'))) {
    await borrow(gitDir, target);
    const found = (await knownUnfit(gitDir, target)) ?? (await refsOrDamage(place));
    if (typeof found !== 'string') return { place, folder, rebuilt: null, refs: found };
    await rebuildQuarantine(place, target);
    return { place, folder, rebuilt: found, refs: new Map() };
  }
  await rebuildQuarantine(place, target);
  return { place, folder, rebuilt: isNew ? null : 'it was incomplete', refs: new Map() };
}

/** Throws the quarantine away and makes an empty one; siblings are fetched again. */
export async function rebuildQuarantine(place: Quarantine['place'], target: TargetView): Promise<void> {
  await createBare(place.gitDir, target.objectFormat);
  await borrow(place.gitDir, target);
}

/** Turns git's complaint about a missing or broken object into `quarantine-damaged`, so that the caller rebuilds once. */
export function asDamage(error: unknown, place: Quarantine['place']): unknown {
  if (!(error instanceof AutoSyncError) || error.problem.code !== 'git-failed') return error;
  const why = error.problem.stderr;
  return /bad object|missing (blob|tree|commit|object)|unable to read|could not (read|parse)|is corrupt|loose object|not a tree object|failed to read/i.test(
    why,
  )
    ? new AutoSyncError({ code: 'quarantine-damaged', folder: place.gitDir, why }, { cause: error })
    : error;
}
