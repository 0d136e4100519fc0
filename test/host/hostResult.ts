import { existsSync, readFileSync } from 'node:fs';
import type { Trouble } from '../support/levelOutcome.js';

/** A line that the tests inside the extension host write. */
export type HostLine =
  | { readonly kind: 'passed'; readonly title: string; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly title: string; readonly milliseconds: number; readonly error: string }
  | { readonly kind: 'ended'; readonly failures: number };

/** What came of a run of the host suite. */
export interface HostResult {
  readonly passed: number;
  readonly failed: number;
  /** A failed test each, and the run when it broke off. */
  readonly failures: readonly Trouble[];
  /** For people, a line a test. */
  readonly text: string;
}

const textOf = (line: HostLine): string => {
  if (line.kind === 'ended') return '';
  const title = `${line.title} (${line.milliseconds} ms)`;
  return line.kind === 'passed' ? `  ok   ${title}` : `  FAIL ${title}\n${line.error.replace(/^/gm, '       ')}`;
};

const failureOf = (line: HostLine): readonly Trouble[] =>
  line.kind === 'failed' ? [{ file: 'test/host/suite', name: line.title, message: line.error }] : [];

const brokenOff = (outcome: string): Trouble => ({
  file: '',
  name: 'as a whole',
  message: `the run broke off, or no test ran (${outcome})`,
});

const readLines = (file: string): readonly HostLine[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as HostLine)
    : [];

/**
 * Judges a run by what the tests wrote and by how it ended. The exit code alone would lie: a host that dies in the
 * middle reports success. A run that did not reach its end, or in which no test ran, has failed.
 */
export function judgeHost(file: string, outcome: string): HostResult {
  const lines = readLines(file);
  const count = (kind: HostLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const isWhole = count('ended') === 1 && count('passed') + count('failed') > 0;
  const failures = [...lines.flatMap(failureOf), ...(isWhole ? [] : [brokenOff(outcome)])];
  const notes = isWhole ? [] : [`  FAIL ${brokenOff(outcome).message}`];
  const text = [...lines.map(textOf), ...notes].filter(Boolean).join('\n');
  return { passed: count('passed'), failed: failures.length, failures, text };
}
