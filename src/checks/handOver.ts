import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdtemp, readFile, rm, rmdir, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variable that names the pipe in which the secrets wait for the program that was started anew. */
const WAITING = 'AUTOSYNC_SECRETS_WAIT_IN';

/** A program that has the name of its pipe, and then waits for whoever reads it. */
const WRITE = 'cat <&3 >"$1" &';

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

function split(environment: Environment, names: readonly string[]) {
  const secret = new Set(names);
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    secrets: entries.filter(([name]) => secret.has(name)),
    rest: Object.fromEntries(entries.filter(([name]) => !secret.has(name))),
  };
}

/** Puts a text into a new pipe of the user's own, from which it can be read once. It is never on a disk. */
async function pipeWith(text: string, path: string | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'autosync-'));
  const pipe = join(folder, 'secrets');
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', pipe], { env: { PATH: path } });
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
    const writer = spawn('/bin/sh', ['-c', WRITE, 'sh', pipe], { env: { PATH: path }, stdio: [...stdio] });
    const ended = once(writer, 'exit');
    const into = writer.stdio[3] as Duplex;
    await new Promise<void>((resolve, reject) => into.on('error', reject).end(text, () => resolve()));
    await ended;
    return pipe;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Replaces this process by itself with another environment; only comes back where that cannot be done. */
async function startAnew(environment: Environment, names: readonly string[]): Promise<void> {
  const { execve } = process;
  if (typeof execve !== 'function' || process.platform === 'win32') return; // there it exists, and only throws
  const { secrets, rest } = split(environment, names);
  const pipe = await pipeWith(JSON.stringify(Object.fromEntries(secrets)), environment['PATH']).catch(() => null);
  if (pipe === null) return;
  // Node would say on the screen that this is an experiment of its own.
  process.removeAllListeners('warning');
  const argv = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  try {
    execve.call(process, process.execPath, argv, { ...rest, [WAITING]: pipe });
  } catch {
    await take(pipe); // whoever waits to hand the secrets over is let go
  }
}

async function take(pipe: string): Promise<Environment> {
  if (!(await lstat(pipe)).isFIFO()) throw new Error(`${WAITING} names no pipe.`);
  const text = await readFile(pipe, 'utf8');
  await unlink(pipe);
  await rmdir(dirname(pipe));
  return JSON.parse(text);
}

/**
 * The environment, with its secrets in memory alone. What a process was started with can be read by every other process
 * of the user for as long as it lives, whatever it does to its variables (design: reliability T9): where Node can, the
 * program replaces itself by itself without them, under the same process id, and reads them from a pipe.
 */
export async function withSecretsInMemory(environment: Environment, names: readonly string[]): Promise<Environment> {
  const { [WAITING]: pipe, ...rest } = environment;
  if (isSet(pipe)) {
    delete process.env[WAITING];
    return { ...rest, ...(await take(pipe)) };
  }
  if (names.some((name) => isSet(environment[name]))) await startAnew(environment, names);
  return environment;
}
