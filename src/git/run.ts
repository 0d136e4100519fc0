import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { AutoSyncError } from '../core/errors.js';
import { type GitPlace, gitEnvironment, hardenedFlags, startFolder } from './environment.js';

/** One git command. Arguments come from our own code only: names and addresses are checked before they get here. */
export interface GitCall {
  readonly place: GitPlace;
  readonly args: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Exit statuses that are answers, not failures. Default: 0. */
  readonly expect?: readonly number[];
  readonly input?: string | Uint8Array;
  /** Seconds until the process group is killed. Default: none. */
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Git reads the user's own settings too: for files in the user's folder, and for who the user is. */
  readonly asUser?: boolean;
  /** Extra `-c` settings, `name=value`. */
  readonly settings?: readonly string[];
  readonly allowHttp?: boolean;
}

/** What a git command answered. */
export interface GitAnswer {
  readonly exit: number;
  readonly out: Buffer;
  readonly err: string;
}

const processes = { started: 0 };

/** How many git processes were started so far, for the bench and for tests of "constant in N". */
export function gitProcesses(): number {
  return processes.started;
}

const commandLine = (call: GitCall): readonly string[] => [
  ...hardenedFlags(call),
  ...(call.settings ?? []).flatMap((setting) => ['-c', setting]),
  ...call.args,
];

/** Kills a process and everything it started. */
const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
};

/**
 * Starts git with the hardened flags and environment, in a process group of its own.
 * For streams and long-lived processes; whoever calls it reads both outputs and awaits `ended`.
 */
export function startGit(call: GitCall): {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{ readonly exit: number; readonly err: string }>;
} {
  if (call.signal?.aborted) throw new AutoSyncError({ code: 'cancelled' });
  processes.started += 1;
  const child = spawn('git', commandLine(call), {
    cwd: startFolder(call.place),
    env: gitEnvironment(call.place, call.environment, call.asUser),
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined); // git may end before it has read everything; its exit tells
  return { child, ended: endOf(child, call) };
}

function endOf(child: ChildProcessWithoutNullStreams, call: GitCall): Promise<{ exit: number; err: string }> {
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.length < 200 && errors.push(text));
  let timedOut = false;
  const stop = (): void => killGroup(child.pid);
  const timer =
    call.timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          stop();
        }, call.timeout * 1000);
  call.signal?.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', stop);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      reject(startError(error, call));
    });
    child.once('close', (exit) => {
      settle();
      const err = errors.join('');
      if (call.signal?.aborted) reject(new AutoSyncError({ code: 'cancelled' }));
      else if (timedOut)
        reject(new AutoSyncError({ code: 'git-timeout', command: named(call), seconds: call.timeout ?? 0 }));
      else if (exit === null || !(call.expect ?? [0]).includes(exit)) reject(failure(call, exit, err));
      else resolve({ exit, err });
    });
  });
}

const startError = (error: NodeJS.ErrnoException, call: GitCall): AutoSyncError =>
  error.code === 'ENOENT'
    ? new AutoSyncError({ code: 'git-missing' })
    : new AutoSyncError({ code: 'git-failed', command: named(call), exit: null, stderr: error.message });

/** The command without flags of ours and without anything that could be a secret: its first words. */
const named = (call: GitCall): string => call.args.slice(0, 2).join(' ');

const failure = (call: GitCall, exit: number | null, err: string): AutoSyncError =>
  new AutoSyncError({ code: 'git-failed', command: named(call), exit, stderr: err.trim().slice(0, 2000) });

/** Runs git to its end and returns what it printed. Throws `git-failed`, `git-timeout`, `git-missing`, `cancelled`. */
export async function runGit(call: GitCall): Promise<GitAnswer> {
  const { child, ended } = startGit(call);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(call.input ?? '');
  const { exit, err } = await ended;
  return { exit, out: Buffer.concat(chunks), err };
}

const ALLOWED_SETTINGS = [
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_GLOBAL',
  'GIT_ATTR_NOSYSTEM',
  'GIT_TERMINAL_PROMPT',
  'GIT_ASKPASS',
  'GIT_SSH_COMMAND',
  'GIT_OPTIONAL_LOCKS',
  'GIT_NO_LAZY_FETCH',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_CEILING_DIRECTORIES',
];

/**
 * Runs a short local command that reads no input, through simple-git, and returns its standard output as text.
 * Only fixed words and checked object names are ever passed here, which is why its guards may be opened for
 * our own hardening (design: reliability, finding 5). Anything long, streamed or on a network goes through `startGit`.
 */
export async function askGit(
  call: Omit<GitCall, 'input' | 'timeout' | 'asUser'>,
): Promise<{ readonly exit: number; readonly out: string }> {
  if (call.signal?.aborted) throw new AutoSyncError({ code: 'cancelled' });
  const { simpleGit } = await import('simple-git');
  processes.started += 1;
  let exit = 0;
  let stderr = '';
  const git = simpleGit({
    baseDir: startFolder(call.place),
    trimmed: false,
    allowEnvironment: ALLOWED_SETTINGS,
    unsafe: {
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeAskPass: true,
      allowUnsafeSshCommand: true,
      allowUnsafeConfigPaths: true,
    },
    errors: (_error, result) => {
      exit = result.exitCode;
      stderr = Buffer.concat(result.stdErr).toString('utf8');
      return undefined;
    },
  }).env({ ...gitEnvironment(call.place, call.environment) });
  const out = await git.raw([...commandLine(call)]).catch((error: Error) => {
    throw /ENOENT/.test(error.message)
      ? new AutoSyncError({ code: 'git-missing' })
      : failure(call, null, error.message);
  });
  if (!(call.expect ?? [0]).includes(exit)) throw failure(call, exit, stderr);
  return { exit, out };
}
