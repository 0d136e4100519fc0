import type { FoundFailure, Reading } from './reading.js';

const PROBLEM = /^\s+\d+:\d+\s+(error|warning)\s+(.*?)(?:\s{2,}(\S+))?\s*$/;

interface Problem extends FoundFailure {
  readonly severity: string;
}

/**
 * Reads ESLint's default `stylish` format; a failure's name is the rule.
 *
 * Warnings count only when there is no error: then it was `--max-warnings` that made ESLint fail.
 */
export function readEslint(output: string): Reading {
  const found = problems(output.split('\n'));
  const errors = found.filter(({ severity }) => severity === 'error');
  const counted = errors.length > 0 ? errors : found;
  return { failures: counted.map(({ name, file, message }) => ({ name, file, message })), tests: null };
}

function problems(lines: readonly string[]): readonly Problem[] {
  let file: string | null = null;
  return lines.flatMap((line) => {
    const match = PROBLEM.exec(line);
    if (match && file !== null) {
      return { severity: match[1] ?? '', name: match[3] ?? 'error', file, message: match[2] ?? '' };
    }
    if (/^\S/.test(line)) file = line.trim();
    return [];
  });
}
