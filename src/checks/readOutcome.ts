import { posix } from 'node:path';
import type { Check } from '../core/check.js';
import type { Failure } from '../core/standing.js';
import { type Places, stableFile, stableText } from './identity.js';
import { readerFor } from './readers.js';
import type { FoundFailure, Reading } from './reading.js';

/** What a finished check left behind. */
export interface Finished {
  /** Null when a signal ended it. */
  readonly exit: number | null;
  /** What it printed, as plain text. */
  readonly output: string;
  /** The JUnit report; null when the check has none or did not write it. */
  readonly report: string | null;
  readonly places: Places;
}

/**
 * Failures and tests of a finished check. The exit code has the last word: 0 means no failure whatever
 * was printed, and anything else is at least one, named after the check.
 */
export function readOutcome(
  check: Check,
  finished: Finished,
): { readonly failures: readonly Failure[]; readonly tests: Reading['tests'] } {
  const reading = readingOf(check, finished);
  if (finished.exit === 0) return { failures: [], tests: reading.tests };
  const found = reading.failures.length > 0 ? reading.failures : [wholeCheck(check, finished)];
  return { failures: found.map((failure) => stable(check, failure, finished.places)), tests: reading.tests };
}

function readingOf(check: Check, { output, report }: Finished): Reading {
  if (!check.reads.startsWith('junit:')) return readerFor(check.reads)(output);
  return report === null ? { failures: [], tests: null } : readerFor(check.reads)(report);
}

function stable(check: Check, found: FoundFailure, places: Places): Failure {
  return {
    check: check.name,
    name: stableText(found.name, places),
    file: found.file === null ? null : fileOf(check, found.file, places),
    message: stableText(found.message, places),
  };
}

/** Tools print the files of a package relative to its folder, or from the root of the machine. */
function fileOf(check: Check, printed: string, places: Places): string {
  const file = stableFile(printed, places);
  const isFromPackage = check.package !== undefined && !/^(?:file:|[A-Za-z]:)?[\\/]/.test(printed);
  return isFromPackage ? posix.join(check.package, file) : file;
}

function wholeCheck(check: Check, { output, exit }: Finished): FoundFailure {
  const message = lastMeaningfulLine(output) ?? (exit === null ? 'ended by a signal' : `exit code ${exit}`);
  return { name: check.name, file: null, message };
}

/** Lines that programs print below the reason: stack frames, versions, how long it took, what a package manager adds. */
const NOISE = [
  /^at .+/,
  /^Node\.js v\d/,
  /^npm (?:error|ERR!)/,
  /^error Command failed/,
  /ELIFECYCLE/,
  /^info Visit/,
  /^Done in /,
];

function lastMeaningfulLine(output: string): string | null {
  const lines = output.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => /[\p{L}\p{N}]/u.test(line) && !NOISE.some((noise) => noise.test(line)));
  return last?.replace(/\b\d+(?:\.\d+)?\s?m?s\b/g, '<time>') ?? null;
}
