import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Isolation, sandboxed } from './sandbox.js';

const NONE: Isolation = { kind: 'group' };

/** Where a system keeps its own programs; the search path is not asked, because it may be anybody's. */
const SYSTEM = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/run/current-system/sw/bin'];

/** How long a trial may take, in milliseconds: a machine under load starts processes slowly. */
const PATIENCE = 20_000;

/** What the names of folders begin with in which isolations are tried out; the process follows. */
export const PROBE_PREFIX = 'autosync-probe-';

let found: Promise<Isolation> | null = null;

/** The strongest isolation that works here; tried out once per process, because containers and policies may forbid each. */
export function isolationHere(): Promise<Isolation> {
  found ??= probe();
  return found;
}

/** Every isolation that works here, the strongest first; the process group always works. `also`: more trusted folders with programs. */
export async function workingIsolations(also: readonly string[] = []): Promise<readonly Isolation[]> {
  if (process.platform !== 'linux') return [NONE];
  const programs = ['bwrap', 'unshare', 'setpriv'].map((name) => systemProgram(name, [...SYSTEM, ...also]));
  const [bwrap, unshare, setpriv] = await Promise.all(programs);
  const candidates: readonly Isolation[] = [
    ...(bwrap ? [{ kind: 'bwrap', program: bwrap } as const] : []),
    ...(unshare ? [{ kind: 'unshare', program: unshare, setpriv: setpriv ?? null } as const] : []),
  ];
  const tried = await Promise.all(candidates.map(async (one) => ((await works(one)) ? [one] : [])));
  return [...tried.flat(), NONE];
}

async function probe(): Promise<Isolation> {
  return (await workingIsolations())[0] ?? NONE;
}

/** The system's temporary folders, with links resolved. */
export async function sharedFolders(): Promise<readonly string[]> {
  const real = await Promise.all([tmpdir(), '/tmp'].map((path) => realpath(path).catch(() => null)));
  return [...new Set(real.filter((path) => path !== null))];
}

async function systemProgram(name: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const path = join(folder, name);
    if (await isThere(path, constants.X_OK)) return path;
  }
  return null;
}

/** Succeeds where a check could work; the second write reaches the outside only when nothing is held back. */
const TRIAL = 'echo x >x && echo x >"$TMPDIR/x" && { echo x >../x || :; } 2>/dev/null && [ -d /proc/self ]';

/** Tries what a check needs: to start, to write into its folders, and not to write beside them. */
async function works(isolation: Isolation): Promise<boolean> {
  const base = await realpath(await mkdtemp(join(tmpdir(), `${PROBE_PREFIX}${process.pid}-`)));
  const [folder, temporary] = [join(base, 'folder'), join(base, 'tmp')];
  try {
    await Promise.all([mkdir(folder), mkdir(temporary)]);
    const places = { folder, shared: [], closed: [base], writable: [folder, temporary] };
    const { program, args } = sandboxed(isolation, places, TRIAL);
    const env = { PATH: '/usr/bin:/bin', TMPDIR: temporary };
    await promisify(execFile)(program, args, { cwd: folder, env, timeout: PATIENCE });
    return (await isThere(join(temporary, 'x'))) && !(await isThere(join(base, 'x')));
  } catch {
    return false;
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

function isThere(path: string, mode = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
