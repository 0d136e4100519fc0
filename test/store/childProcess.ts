import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A child program whose lines can be awaited. */
export interface Child {
  /** Lines printed so far. */
  readonly lines: readonly string[];
  /** Resolves with the first line that begins so; rejects when the child ends without one. */
  line(start: string): Promise<string>;
  /** Ends it as the out-of-memory killer would, and resolves when the system has let go of it and every line was read. */
  kill(): Promise<void>;
}

function ended(child: ChildProcess, output: Interface): Promise<unknown> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const closed = new Promise((resolve) => output.once('close', resolve));
  return Promise.all([exit, closed]);
}

/** Starts a bundled child program; it does not outlive the test. */
export function startChild(file: string, ...values: readonly string[]): Child {
  const child = spawn(process.execPath, [file, ...values], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = createInterface({ input: child.stdout });
  const end = ended(child, output);
  const lines: string[] = [];
  output.on('line', (line) => lines.push(line));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const line = (start: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const find = (): void => {
        const found = lines.find((one) => one.startsWith(start));
        if (found !== undefined) resolve(found);
      };
      find();
      output.on('line', find);
      end.then(() => reject(new Error(`the child ended without "${start}": ${lines.slice(-3).join(' | ')}`)));
    });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await end;
  };
  return { lines, line, kill };
}
