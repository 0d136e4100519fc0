import { type ChildProcess, spawn } from 'node:child_process';
import { hasRoom, watchRoom } from './diskRoom.js';
import type { SandboxPlaces } from './mountLines.js';
import { outputWindow } from './outputWindow.js';
import { plainText } from './plainText.js';
import { signalGroup } from './processGroup.js';
import { type Isolation, sandboxed } from './sandbox.js';
import { killThoseAtHome } from './stragglers.js';

/** A command line and all that it may see. */
export interface ProcessRequest extends SandboxPlaces {
  readonly command: string;
  readonly isolation: Isolation;
  /** A folder on the disk that it writes to, which is kept from running full. */
  readonly temporary: string;
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** Bytes of output kept from the end; a quarter of it is kept from the start. */
  readonly keepBytes: number;
}

/** How a command line ended. */
export interface ProcessEnd {
  readonly how: 'exited' | 'timed-out' | 'cancelled' | 'disk-full' | 'not-started';
  /** Null when it did not end by itself. A signal counts as 128 and its number, as shells have it. */
  readonly exit: number | null;
  /** Standard output and standard error as they came, as plain text. */
  readonly output: string;
  readonly milliseconds: number;
}

/** No input; the outputs; and where the shell inside the isolation says that it runs. */
const STDIO = ['ignore', 'pipe', 'pipe', 'pipe'] as const;

/** Time between asking a group to end and killing it, in milliseconds. */
const GRACE = 500;

/** How long output may still come after the end, in milliseconds: only a process that left the group holds the pipe open. */
const LINGER = 1000;

/**
 * Runs a command line apart from everything else, and leaves nothing of it running.
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
  const stands = isolationStands(child);
  const stopping = stopWhenAsked(child, request, signal);
  const end = await endOf(child);
  stopping.disarm();
  if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  await killStragglers(request);
  await outputClosed(child);
  if (end instanceof Error) return { how: 'not-started', exit: null, output: end.message, milliseconds: since() };
  const how = stopping.how() ?? (await howItEnded(end.exit, stands(), request));
  return { how, exit: how === 'exited' ? end.exit : null, output: plainText(output.text()), milliseconds: since() };
}

/** Nothing of the command ran when the isolation did not stand. What fails on a full disk says nothing of the tree. */
async function howItEnded(exit: number | null, stands: boolean, request: ProcessRequest): Promise<ProcessEnd['how']> {
  if (!stands) return 'not-started';
  return exit === 0 || (await hasRoom(request.temporary)) ? 'exited' : 'disk-full';
}

function start(request: ProcessRequest): ChildProcess | Error {
  const { command, folder, environment, isolation } = request;
  const options = { cwd: folder, env: { ...environment }, stdio: [...STDIO] };
  try {
    if (process.platform === 'win32') return spawn(`${command} 2>&1`, { ...options, shell: true });
    const { program, args } = sandboxed(isolation, request, command);
    return spawn(program, [...args], { ...options, detached: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Whether the shell inside the isolation has said that it runs. */
function isolationStands(child: ChildProcess): () => boolean {
  if (process.platform === 'win32') return () => true;
  let stands = false;
  child.stdio[3]?.on('data', () => {
    stands = true;
  });
  return () => stands;
}

/** A namespace ends with all that is in it; of a group, some may have left. */
async function killStragglers({ isolation, environment }: ProcessRequest): Promise<void> {
  if (isolation.kind === 'group' && environment.HOME !== undefined) await killThoseAtHome(environment.HOME);
}

/** Ends the group at the time limit, at a cancel or on a full disk: it is asked first, and killed when it does not listen. */
function stopWhenAsked(child: ChildProcess, { timeoutMilliseconds, temporary }: ProcessRequest, signal: AbortSignal) {
  let how: ProcessEnd['how'] | null = null;
  let killing: NodeJS.Timeout | undefined;
  const stop = (why: 'timed-out' | 'cancelled' | 'disk-full') => {
    if (how !== null || child.pid === undefined) return;
    how = why;
    const leader = child.pid;
    signalGroup(leader, 'SIGTERM');
    killing = setTimeout(() => signalGroup(leader, 'SIGKILL'), GRACE);
  };
  const cancel = () => stop('cancelled');
  const limit = setTimeout(() => stop('timed-out'), timeoutMilliseconds);
  const unwatch = watchRoom(temporary, () => stop('disk-full'));
  signal.addEventListener('abort', cancel, { once: true });
  const disarm = () => {
    clearTimeout(limit);
    clearTimeout(killing);
    unwatch();
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
