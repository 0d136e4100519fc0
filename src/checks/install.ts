import { lstat, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { InstallPlan } from '../core/check.js';
import { AutoSyncError } from '../core/errors.js';
import { installEnvironment, managerEnvironment } from './environment.js';
import { rememberInstalled } from './installed.js';
import { sharedFolders } from './isolation.js';
import { installFromOlder } from './olderLock.js';
import { type ProcessEnd, runProcess } from './process.js';
import { lendRegistries } from './registries.js';
import type { RunOptions } from './run.js';
import { withScratch } from './scratch.js';

/** Name of the file that says which key `node_modules` was installed for. */
export const INSTALL_MARKER = '.autosync-install';

/** Characters of a failed install's output that its error repeats, from the start and from the end: the reason may be in either. */
const SHOWN = 1000;

/**
 * Installs the dependencies unless `node_modules` holds exactly these already. Runs no script of any
 * package. Throws `check-setup` and `cancelled`.
 */
export async function installDependencies(
  folder: string,
  install: InstallPlan,
  options: RunOptions,
  signal: AbortSignal,
): Promise<{ readonly ran: boolean; readonly milliseconds: number }> {
  await refuseLink(folder);
  const marker = join(folder, 'node_modules', INSTALL_MARKER);
  if ((await readFile(marker, 'utf8').catch(() => null)) === install.key) return { ran: false, milliseconds: 0 };
  // Gone before the work starts: an install that is killed has to be repeated.
  await rm(marker, { recursive: true, force: true });
  const run = (command: string): Promise<ProcessEnd> => runManager(folder, { ...install, command }, options, signal);
  const first = await run(install.command);
  const end = first.exit === 0 ? first : ((await installFromOlder(folder, install, first, run)) ?? first);
  if (end.how !== 'exited' || end.exit !== 0) throw setupError(install, end, options.timeoutSeconds);
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await refuseLink(folder);
  // Install scripts may have put a link in its place, which leads out of all that they may write to.
  await rm(marker, { recursive: true, force: true });
  await writeFile(marker, install.key, { flag: 'wx' });
  await rememberInstalled(folder, options.cacheFolder);
  return { ran: true, milliseconds: end.milliseconds };
}

/**
 * Runs a package manager in a folder: isolated as a check is, with the user's registries and package cache, which
 * checks never get to see. Throws `cancelled`.
 */
export async function runManager(
  folder: string,
  { command, settings = {} }: Pick<InstallPlan, 'command' | 'settings'>,
  options: RunOptions,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  const end = await withScratch(options.cacheFolder, async (own) => {
    await lendRegistries(own.home);
    for (const [name, text] of Object.entries(settings)) await writeFile(join(own.home, name), text);
    const real = await realpath(folder);
    const cache = await realCache();
    const request = {
      command,
      isolation: options.isolation,
      folder: real,
      temporary: own.temporary,
      shared: await sharedFolders(),
      closed: [await realpath(options.cacheFolder)],
      writable: [real, own.home, own.temporary, cache],
      environment: {
        ...installEnvironment(process.env, cache, own),
        ...managerEnvironment(command, process.env),
      },
      timeoutMilliseconds: options.timeoutSeconds * 1000,
      keepBytes: options.keepBytes,
    };
    return runProcess(request, signal);
  });
  if (end.how === 'cancelled') throw new AutoSyncError({ code: 'cancelled' });
  return end;
}

/** A commit could make `node_modules` a link to a folder of the user, which an install would empty. */
async function refuseLink(folder: string): Promise<void> {
  const stats = await lstat(join(folder, 'node_modules')).catch(() => null);
  if (!stats?.isSymbolicLink()) return;
  throw new AutoSyncError({
    code: 'check-setup',
    what: 'Installing the dependencies',
    why: 'node_modules is a symbolic link in the tree under test, and installing would write where it points',
    next: 'Remove the link from the repository, then run again.',
  });
}

/** The user's package cache, made when it is not there: only what exists can be lent. */
async function realCache(): Promise<string> {
  const folder = resolve(process.env.npm_config_cache ?? join(homedir(), '.npm'));
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

function setupError(install: InstallPlan, end: ProcessEnd, seconds: number): AutoSyncError {
  return new AutoSyncError({
    code: 'check-setup',
    what: `Installing the dependencies (\`${install.command}\`)`,
    why: `${howItEnded(install, end, seconds)}. It printed:\n${excerpt(end.output.trim()) || '(nothing)'}\n`,
    next: nextStep(install, end),
  });
}

/** The start and the end of what a package manager printed: the reason may be in either. */
export function excerpt(text: string): string {
  return text.length <= 2 * SHOWN ? text : `${text.slice(0, SHOWN)}\n[...]\n${text.slice(-SHOWN)}`;
}

/** How a package manager that failed came to its end, in words; `needs` is the program that was started. */
export function howItEnded({ needs }: Pick<InstallPlan, 'needs'>, end: ProcessEnd, seconds: number): string {
  if (end.how === 'disk-full') return 'the disk is full';
  if (end.how === 'timed-out') return `it did not finish within ${seconds} s`;
  if (end.exit === 127) return `${needs ?? 'the package manager'} was not found on the search path`;
  return end.exit === null ? 'it was ended by a signal or did not start' : `it ended with exit code ${end.exit}`;
}

function nextStep({ needs, because }: InstallPlan, end: ProcessEnd): string {
  if (end.exit === 127)
    return `Install ${needs ?? 'the package manager'}, which is used because of ${because}, then run again. AutoSync downloads no package manager.`;
  if (end.how === 'disk-full') return 'Free some space, then run again.';
  if (end.how === 'timed-out')
    return 'Check the network, or raise "validate.timeout" in .autosync/config.json, then run again.';
  return 'Check that the lockfile fits package.json and that the registry can be reached, then run again.';
}
