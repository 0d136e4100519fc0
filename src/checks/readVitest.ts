import { countOf, type FoundFailure, firstLine, type Reading } from './reading.js';

const FAILED = /^ ?FAIL {1,3}(?:\|[^|]+\| )?(.+)$/;
const UNHANDLED = /^⎯+ ((?:Unhandled|Uncaught) (?!Errors\b)\w+|Typecheck Error|Source Error) ⎯+$/;
const ORIGIN = /^This error originated in "([^"]+)" test file/;

/** Reads Vitest's closing summary: failed suites, failed tests and unhandled errors. */
export function readVitest(output: string): Reading {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const failures = lines.flatMap((line, index) => failureAt(line, lines.slice(index + 1, index + 60)) ?? []);
  return { failures, tests: countTests(lines) };
}

function failureAt(line: string, after: readonly string[]): FoundFailure | null {
  const failed = FAILED.exec(line)?.[1];
  if (failed !== undefined) return { ...nameAndFile(failed), message: messageOf(after) };
  const unhandled = UNHANDLED.exec(line)?.[1];
  return unhandled === undefined ? null : { name: unhandled, file: originOf(after), message: firstLine(after) };
}

/** `file > suite > test`, or `file [ file ]` for a file that could not be loaded. */
function nameAndFile(title: string): Pick<FoundFailure, 'name' | 'file'> {
  const suite = /^(.+) \[ .+ \]$/.exec(title)?.[1];
  if (suite !== undefined) return { name: suite, file: suite.split(' > ')[0] ?? suite };
  const [file = title, ...names] = title.split(' > ');
  return { name: names.length > 0 ? names.join(' > ') : file, file };
}

/** Vitest lists all tests with one and the same error above it. */
function messageOf(after: readonly string[]): string {
  return firstLine(after.filter((line) => !FAILED.test(line)));
}

function originOf(after: readonly string[]): string | null {
  const end = after.findIndex((line) => UNHANDLED.test(line));
  const own = end < 0 ? after : after.slice(0, end);
  return own.flatMap((line) => ORIGIN.exec(line)?.[1] ?? [])[0] ?? null;
}

function countTests(lines: readonly string[]): Reading['tests'] {
  const summary = lines.findLast((line) => /^\s*Tests\s+\d+ .*\(\d+\)$/.test(line));
  return summary === undefined ? null : { passed: countOf('passed', summary), failed: countOf('failed', summary) };
}
