import { lstat, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lockProgramOf, type Relocked } from '../core/lockfiles.js';
import { findProgram } from './detect.js';
import { excerpt, howItEnded, INSTALL_MARKER, runManager } from './install.js';
import { YARN_SETTINGS } from './installCommand.js';
import { isBerry, lockCommand } from './lockCommand.js';
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

/** Of a later Yarn's settings, those that name no program. */
async function settingsOf(home: string, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  if (!isBerry(names)) return {};
  return { [YARN_SETTINGS]: yarnSettings(await readFile(join(home, '.yarnrc.yml'), 'utf8')) };
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
  const command = lockCommand({ program, git: await findProgram('git', path), names });
  const end = await runManager(home, { command, settings: await settingsOf(home, names) }, options, signal);
  if (end.how === 'exited' && end.exit === 0) return made(join(home, basename(lockfile)));
  const printed = excerpt(end.output.trim()) || '(nothing)';
  return failed(
    `${program} did not succeed: ${howItEnded({ needs: program }, end, options.timeoutSeconds)}. It printed: ${printed}`,
  );
}
