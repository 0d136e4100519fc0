import type { FoundFailure, Reading } from './reading.js';

const PLAIN = /^(.+?)\(\d+,\d+\): error (TS\d+): (.*)$/;
const PRETTY = /^(.+?):\d+:\d+ - error (TS\d+): (.*)$/;
const WITHOUT_FILE = /^error (TS\d+): (.*)$/;

/** Reads the diagnostics of the TypeScript compiler, plain and `--pretty`; a failure's name is its `TS` code. */
export function readTsc(output: string): Reading {
  const failures = output.split('\n').flatMap((line) => diagnostic(line.trimEnd()) ?? []);
  return { failures, tests: null };
}

function diagnostic(line: string): FoundFailure | null {
  const match = PLAIN.exec(line) ?? PRETTY.exec(line);
  if (match) return { name: match[2] ?? '', file: match[1] ?? null, message: match[3] ?? '' };
  const global = WITHOUT_FILE.exec(line);
  return global ? { name: global[1] ?? '', file: null, message: global[2] ?? '' } : null;
}
