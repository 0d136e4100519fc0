import { type ChildProcess, spawn } from 'node:child_process';
import { outputWindow } from './outputWindow.js';
import { plainText } from './plainText.js';
import { signalGroup } from './processGroup.js';

/** A command line and all that it may see. */
export interface ProcessRequest {
  readonly command: string;
  readonly folder: string;
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** Bytes of output kept from the end; a quarter of it is kept from the start. */
  readonly keepBytes: number;
}

/** How a command line ended. */
export interface ProcessEnd {
  readonly how: 'exited' | 'timed-out' | 'cancelled' | 'not-started';
  /** Null when a signal ended it or when it never started. */
  readonly exit: number | null;
  /** Standard output and standard error as they came, as plain text. */
  readonly output: string;
  readonly milliseconds: number;
}

/** Time between asking a group to end and killing it, in milliseconds. */
const GRACE = 1000;

/** How long output may still come after the end, in milliseconds: only a process that left the group holds the pipe open. */
const LINGER = 1000;

/**
 * Runs a command line in a process group of its own and leaves nothing of that group behind.
 *
 * Both output streams share one pipe, so that their order is the true one. Never throws.
 */
export async function runProcess(request: ProcessRequest, signal: AbortSignal): Promise<ProcessEnd> {
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  if (signal.aborted) return { how: 'cancelled', exit: null, output: '', milliseconds: 0 };
  const output = outputWindow(Math.floor(request.keepBytes / 4), request.keepBytes);
  const child = start(request);
  if (child instanceof Error) return { how: 'not-started', exit: null, output: child.message, milliseconds: since() };
  child.stdout?.on('data', output.add);
  const stopping = stopWhenAsked(child, request.timeoutMilliseconds, signal);
  const end = await endOf(child);
  stopping.disarm();
  if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  await outputClosed(child);
  if (end instanceof Error) return { how: 'not-started', exit: null, output: end.message, milliseconds: since() };
  return { how: stopping.how(), exit: end.exit, output: plainText(output.text()), milliseconds: since() };
}

function start({ command, folder, environment }: ProcessRequest): ChildProcess | Error {
  const options = {
    cwd: folder,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
  };
  try {
    if (process.platform === 'win32') return spawn(`${command} 2>&1`, { ...options, shell: true });
    return spawn('/bin/sh', ['-c', `exec 2>&1\n${command}`], { ...options, detached: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Ends the group at the time limit or at a cancel: it is asked first, and killed when it does not listen. */
function stopWhenAsked(child: ChildProcess, timeout: number, signal: AbortSignal) {
  let how: ProcessEnd['how'] = 'exited';
  const timers: NodeJS.Timeout[] = [];
  const stop = (why: 'timed-out' | 'cancelled') => {
    if (how !== 'exited' || child.pid === undefined) return;
    how = why;
    const leader = child.pid;
    signalGroup(leader, 'SIGTERM');
    timers.push(setTimeout(() => signalGroup(leader, 'SIGKILL'), GRACE));
  };
  const cancel = () => stop('cancelled');
  timers.push(setTimeout(() => stop('timed-out'), timeout));
  signal.addEventListener('abort', cancel, { once: true });
  const disarm = () => {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  };
  return { how: () => how, disarm };
}

function endOf(child: ChildProcess): Promise<{ readonly exit: number | null } | Error> {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (exit) => resolve({ exit }));
  });
}

function outputClosed(child: ChildProcess): Promise<void> {
  const stream = child.stdout;
  if (!stream || stream.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => stream.destroy(), LINGER);
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
