import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Where `sql-wasm.wasm` is. */
export const WASM = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

/** Bundles a TypeScript program into a folder and returns the file to start. */
export async function bundle(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, 'program.mjs');
  const banner =
    "import { createRequire as __make } from 'node:module'; const require = __make(import.meta.url); const __dirname = import.meta.dirname; const __filename = import.meta.filename;";
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node20',
    banner: { js: banner },
    logLevel: 'error',
  });
  return outfile;
}

/** A process that was started, with all it says. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly exit: number | null; readonly out: string; readonly err: string }>;
}

/** Starts a bundled program with this Node. */
export function start(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Started {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...environment },
    detached: true,
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = new Promise<{ exit: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (exit) => resolve({ exit, ...said })),
  );
  return { child, ended };
}

function parents(): ReadonlyMap<number, number> {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    ids.flatMap((id) => {
      try {
        const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
        return [[Number(id), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
      } catch {
        return []; // gone meanwhile
      }
    }),
  );
}

function killOne(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch {
    // gone already
  }
}

/** Kills a process and all it started at once, as when the machine stops: first everything stands still, then it is gone. */
export function killTree(root: number): void {
  killOne(root, 'SIGSTOP');
  const family = [root];
  for (let grown = true; grown; ) {
    const known = new Set(family);
    const more = [...parents()].filter(([id, parent]) => known.has(parent) && !known.has(id)).map(([id]) => id);
    for (const id of more) killOne(id, 'SIGSTOP');
    family.push(...more);
    grown = more.length > 0;
  }
  for (const id of family.reverse()) killOne(id, 'SIGKILL');
}

/** Kills a process alone: what it started goes on by itself. */
export function killAlone(root: number): void {
  killOne(root, 'SIGKILL');
}
