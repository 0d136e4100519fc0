import { countOf, type FoundFailure, firstLine, type Reading, shortLine } from './reading.js';

const FILE = /^FAIL\s+(.*?)(?:\s+\([\d.]+ m?s\b.*\))?$/;
const BULLET = /^ {2}● (.+)$/;
/** Bullets of Jest that head something other than a failure. */
const NO_FAILURE = new Set(['Console']);

/** Reads Jest's default reporter: the bullets below each `FAIL`. */
export function readJest(output: string): Reading {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const repeated = lines.findIndex((line) => line.startsWith('Summary of all failing tests'));
  return { failures: bullets(repeated < 0 ? lines : lines.slice(0, repeated)), tests: countTests(lines) };
}

function bullets(lines: readonly string[]): readonly FoundFailure[] {
  let file: string | null = null;
  return lines.flatMap((line, index) => {
    const heading = FILE.exec(shortLine(line).trimEnd())?.[1];
    if (heading !== undefined) file = heading.split(/\s+/).at(-1) ?? null;
    else if (line.startsWith('PASS ')) file = null;
    const title = BULLET.exec(line)?.[1];
    if (title === undefined || file === null || NO_FAILURE.has(title)) return [];
    return { name: title.replaceAll(' › ', ' > '), file, message: firstLine(lines.slice(index + 1, index + 20)) };
  });
}

function countTests(lines: readonly string[]): Reading['tests'] {
  const summary = lines.findLast((line) => /^Tests:\s+\d+ /.test(line));
  return summary === undefined ? null : { passed: countOf('passed', summary), failed: countOf('failed', summary) };
}
