import { randomBytes } from 'node:crypto';
import { lstat, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lockProgramOf, type Relocked } from '../core/lockfiles.js';
import { findProgram } from './detect.js';
import { excerpt, howItEnded, INSTALL_MARKER, runManager } from './install.js';
import { YARN_SETTINGS } from './installCommand.js';
import { lockCommand } from './lockCommand.js';
import { lockFormat } from './olderLock.js';
import { isBerry, isBerryLock } from './packageManager.js';
import type { RunOptions } from './run.js';
import { yarnSettings } from './yarnSettings.js';

/** A lockfile to make anew, and where. */
export interface RelockRequest {
  /** Folder that holds the tree. */
  readonly folder: string;
  /** Path of the lockfile below it. */
  readonly lockfile: string;
  /** The search path on which programs are looked for. */
  readonly path: string;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
}

/** How many folders above a program its package.json may stand. */
const NEAR = 4;

/** The package that a program is part of, with its version; by size and date of the file where there is none. */
async function versionOf(program: string): Promise<string> {
  const real = await realpath(program);
  let folder = dirname(real);
  for (let up = 0; up < NEAR; up += 1, folder = dirname(folder)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
    const version = /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1];
    if (version !== undefined) return version;
  }
  const { size, mtimeMs } = await stat(real);
  return `${size} ${mtimeMs}`;
}

/** The program that makes a lockfile anew, with its version; null when the search path does not hold it. Starts nothing. */
export async function lockProgram(lockfile: string, path: string): Promise<string | null> {
  const name = lockProgramOf(lockfile);
  const program = name === null ? null : await findProgram(name, path);
  return program === null ? null : `${name} ${await versionOf(program)}`;
}

const failed = (why: string): Relocked => ({ kind: 'failed', why });

/** A lockfile as it was made; what is no plain file was made by a trick, and is not read. */
async function made(file: string): Promise<Relocked> {
  const stats = await lstat(file).catch(() => null);
  if (!stats?.isFile()) return failed('the package manager left no lockfile');
  return { kind: 'made', content: await readFile(file) };
}

/** The text of a plain file in the tree; empty where there is none. */
async function plainText(file: string): Promise<string> {
  const stats = await lstat(file).catch(() => null);
  return stats?.isFile() ? readFile(file, 'utf8') : '';
}

/** A lockfile as Yarn made it, in the format it had: another Yarn than the project's would write all of it anew. */
async function madeByYarn(file: string, before: string, berry: boolean): Promise<Relocked> {
  const result = await made(file);
  if (result.kind === 'failed') return result;
  const after = Buffer.from(result.content).toString('utf8');
  if (isBerryLock(after) !== berry)
    return failed(
      `the yarn on this machine is not ${berry ? 'version 2 or later' : 'version 1'}, which the project uses`,
    );
  const [old, now] = [lockFormat(before), lockFormat(after)];
  if (old === null || now === null || old === now) return result;
  return failed(
    `the yarn on this machine writes lockfiles in format ${now}, and that of the project is in format ${old}`,
  );
}

/**
 * Brings a lockfile in line with the manifests of the tree, by the target's own package manager in the isolation of an
 * install, its cache first. Throws `cancelled`.
 */
export async function relock(request: RelockRequest): Promise<Relocked> {
  const { folder, lockfile, path, options, signal } = request;
  const program = lockProgramOf(lockfile);
  if (program === null) return failed('AutoSync knows no program that makes it');
  const home = join(folder, dirname(lockfile));
  const installed = await lstat(join(home, 'node_modules')).catch(() => null);
  if (installed?.isSymbolicLink()) return failed('node_modules is a symbolic link in the tree');
  // Yarn 1 installs while it locks: what stands in `node_modules` then is of no known lockfile.
  if (program === 'yarn') await rm(join(home, 'node_modules', INSTALL_MARKER), { force: true });
  const names = await readdir(home);
  const file = join(home, basename(lockfile));
  const before = await plainText(file);
  const berry = program === 'yarn' && isBerry(names, before);
  const nowhere = `.yarnrc-${randomBytes(8).toString('hex')}.yml`;
  const command = lockCommand({ program, git: await findProgram('git', path), berry, settings: nowhere });
  // Of a later Yarn's settings, those that name no program.
  const settings = berry ? { [YARN_SETTINGS]: yarnSettings(await plainText(join(home, YARN_SETTINGS))) } : {};
  const end = await runManager(home, { command, settings }, options, signal);
  if (end.how === 'exited' && end.exit === 0) return program === 'yarn' ? madeByYarn(file, before, berry) : made(file);
  const printed = excerpt(end.output.trim()) || '(nothing)';
  return failed(
    `${program} did not succeed: ${howItEnded({ needs: program }, end, options.timeoutSeconds)}. It printed: ${printed}`,
  );
}
