import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { createChecks } from '../../src/checks/checks.js';
import type { Isolation } from '../../src/checks/sandbox.js';
import type { Check } from '../../src/core/check.js';
import { type Config, DEFAULT_CONFIG } from '../../src/core/config.js';
import type { ChecksPort } from '../../src/core/ports.js';

const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A folder of its own for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'checks-test-')));
  made.push(folder);
  return folder;
}

/** Path -> text; an object becomes JSON. */
export type Files = Readonly<Record<string, string | object>>;

/** Writes a project into a folder of its own. */
export async function makeProject(files: Files): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content), {
      mode: 0o755,
    });
  }
  return folder;
}

/** The real checks with a cache folder of their own. */
export async function makeChecks(config: Partial<Config['validate']> = {}, isolation?: Isolation): Promise<ChecksPort> {
  const cacheFolder = await temporaryFolder();
  const options = { config: { ...DEFAULT_CONFIG.validate, ...config }, cacheFolder };
  return createChecks(isolation === undefined ? options : { ...options, isolation });
}

/** A check that runs a command line. */
export function commandCheck(run: string, more: Partial<Check> = {}): Check {
  return { name: 'command', kind: 'other', run, reads: 'exit-code', because: 'the test', ...more };
}

/** Processes whose command line holds `mark`, whatever namespace they are in. A zombie, which only waits to be noticed, is none. */
export function running(mark: string): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const found = lines.filter((line) => line.includes(mark) && !/^\s*\d+\s+Z/.test(line));
  return found.map((line) => Number.parseInt(line, 10)).filter((pid) => pid !== process.pid);
}

let marks = 0;

/** A number of seconds to sleep that no other process sleeps: tells it in a list of processes. */
export function markedSleep(): string {
  marks += 1;
  return `sleep 987${process.pid}.${marks}`;
}

/** A signal that never fires. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
