import { isAbsolute } from 'node:path';
import pRetry from 'p-retry';
import type { SiblingConfig } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { SiblingTip } from '../core/gitPort.js';
import { networkEnvironment } from './environment.js';
import type { GitCall } from './run.js';
import { runGit } from './run.js';

/** How a sibling is reached: its address, and what the network needs to read it. */
export interface Remote {
  readonly name: string;
  /** A checked URL, or the real path of a folder. */
  readonly address: string;
  /** Environment that carries the token, never its argv (design: reliability, T10). */
  readonly environment: Readonly<Record<string, string>>;
  readonly allowHttp: boolean;
}

/** Waits between attempts, milliseconds: 1.5 s, 3 s, 4.5 s (design: product, "Fetch"). */
export const RETRY = { retries: 3, minTimeout: 1500, factor: 2, maxTimeout: 4500 } as const;

const NETWORK =
  /could not resolve host|couldn't connect|failed to connect|connection (refused|reset|timed out)|timed out|early EOF|unexpected disconnect|hung up unexpectedly|remote end hung up|RPC failed|error: (429|5\d\d)|returned error: (429|5\d\d)|operation too slow|network is unreachable|transfer closed|empty reply|gnutls|SSL_|no route to host|index-pack failed|bad pack|pack has bad object/i;
const EVIL = /fsck|hasDot|\.git'|gitmodules|badTree|unsafe|object of unexpected type/i;

/** True when trying again may help: the network failed, not the permission. */
export function isNetworkFault(stderr: string): boolean {
  const words = withoutNames(stderr);
  return NETWORK.test(words) && !EVIL.test(words);
}

/** What git complains of, without the addresses it quotes: a repository may be called `fsck` or `unsafe`. */
const withoutNames = (stderr: string): string => stderr.replace(/'[^'\n]*'/g, "''").replace(/\b[a-z]+:\/\/\S+/gi, '');

const lastLines = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => /^ssh:|fatal|error|denied/i.test(line))
    .slice(-3)
    .join('; ')
    .slice(0, 600) ||
  stderr.trim().slice(-300) ||
  'git gave no reason';

/** Git asks at a terminal that is not there; what it says then is about the terminal. */
const ASKS = /could not read (?:Username|Password)|terminal prompts disabled/;

/** The folder of a sibling that another user owns: git reads none (git-config(1), "safe.directory"). */
const OTHERS = /detected dubious ownership/;

function reasonOf(stderr: string): string {
  if (ASKS.test(stderr)) return 'it asks who reads it, and no token was given for its address';
  if (OTHERS.test(stderr))
    return 'it belongs to another user, and git reads no repository of others; clone it into a folder of your own and name that one';
  return lastLines(stderr);
}

/** Turns git's complaint about a sibling into the problem that tells a person what to do. */
export function siblingProblem(name: string, stderr: string, attempts: number, isFolder = false): AutoSyncError {
  const why = reasonOf(stderr);
  if (/fsck|error in object|object corrupt|hasDot|gitmodules/i.test(withoutNames(stderr)))
    return new AutoSyncError({ code: 'sibling-evil', sibling: name, why });
  if (isNetworkFault(stderr)) return new AutoSyncError({ code: 'sibling-unreachable', sibling: name, why, attempts });
  return new AutoSyncError({ code: 'sibling-refused', sibling: name, why, isFolder });
}

const stderrOf = (error: unknown): string | null => {
  if (!(error instanceof AutoSyncError)) return null;
  if (error.problem.code === 'git-failed') return error.problem.stderr;
  return error.problem.code === 'git-timeout' ? 'operation too slow: timed out' : null;
};

/** Runs a network command of git, again after a network fault. `attempts` counts what it took. */
export async function withRetry<T>(
  remote: Remote,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly attempts: number }> {
  let attempts = 0;
  const attempt = async (): Promise<T> => {
    attempts += 1;
    return work();
  };
  try {
    const value = await pRetry(attempt, {
      ...RETRY,
      signal,
      shouldRetry: ({ error }) => isNetworkFault(stderrOf(error) ?? ''),
    });
    return { value, attempts };
  } catch (error) {
    if (signal.aborted) throw new AutoSyncError({ code: 'cancelled' }, { cause: error });
    const stderr = stderrOf(error);
    throw stderr === null ? error : siblingProblem(remote.name, stderr, attempts, isAbsolute(remote.address));
  }
}

/** The call every network command shares. */
export function networkCall(remote: Remote, args: readonly string[], signal: AbortSignal): GitCall {
  return {
    place: { kind: 'nowhere' },
    args,
    signal,
    timeout: 900,
    environment: { ...networkEnvironment(), ...remote.environment },
    allowHttp: remote.allowHttp,
  };
}

/** The fetch of one branch into one ref of ours: no tags, no submodules, no housekeeping, shallow boundaries allowed. */
export function fetchArguments(remote: Remote, branch: string, ref: string): readonly string[] {
  const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-gc', '--update-shallow'];
  return ['fetch', ...quiet, '--', remote.address, `+refs/heads/${branch}:${ref}`];
}

interface RemoteRefs {
  /** Branch that the sibling's HEAD points to; null when HEAD is detached or absent. */
  readonly head: string | null;
  readonly branches: ReadonlyMap<string, string>;
}

/** Reads `git ls-remote --symref` output. */
export function parseRemoteRefs(text: string): RemoteRefs {
  const branches = new Map<string, string>();
  let head: string | null = null;
  for (const line of text.split('\n')) {
    const [value = '', ref = ''] = line.split('\t');
    if (ref === 'HEAD' && value.startsWith('ref: refs/heads/')) head = value.slice('ref: refs/heads/'.length);
    else if (ref.startsWith('refs/heads/') && /^[0-9a-f]{40,64}$/.test(value))
      branches.set(ref.slice('refs/heads/'.length), value);
    else if (ref === 'HEAD' && head !== null && /^[0-9a-f]{40,64}$/.test(value)) branches.set(head, value);
  }
  return { head, branches };
}

async function askRefs(
  remote: Remote,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<{ refs: RemoteRefs; attempts: number }> {
  const args = ['ls-remote', '--symref', '--', remote.address, ...patterns];
  const { value, attempts } = await withRetry(remote, signal, () => runGit(networkCall(remote, args, signal)));
  return { refs: parseRemoteRefs(value.out.toString('utf8')), attempts };
}

/**
 * Asks a sibling for the tip of the branch to watch: the configured one, else where its HEAD points.
 * Throws `sibling-unreachable`, `sibling-refused`, `sibling-no-branch`, `sibling-empty`.
 */
export async function lsRemote(remote: Remote, sibling: SiblingConfig, signal: AbortSignal): Promise<SiblingTip> {
  const first = await askRefs(remote, [sibling.branch === undefined ? 'HEAD' : `refs/heads/${sibling.branch}`], signal);
  const wanted = sibling.branch ?? first.refs.head;
  const tip = wanted === null ? undefined : first.refs.branches.get(wanted);
  if (wanted !== null && tip !== undefined) return { branch: wanted, tip, attempts: first.attempts };
  const all = await askRefs(remote, ['refs/heads/*'], signal);
  if (all.refs.branches.size === 0) throw new AutoSyncError({ code: 'sibling-empty', sibling: remote.name });
  throw new AutoSyncError({
    code: 'sibling-no-branch',
    sibling: remote.name,
    branch: wanted ?? 'HEAD (detached)',
    known: [...all.refs.branches.keys()],
  });
}
