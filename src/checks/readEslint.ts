import type { FoundFailure, Reading } from './reading.js';

const PROBLEM = /^\s+\d+:\d+\s+(error|warning)\s+(\S.*)$/;
/** A message and its rule. What comes before the gap ends in no blank, so that a line of blanks is read but once. */
const WITH_RULE = /^(.*\S)\s{2,}(\S+)$/;

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
    const [, severity, said = ''] = PROBLEM.exec(line) ?? [];
    if (severity !== undefined && file !== null) {
      const [, message = said.trimEnd(), name = 'error'] = WITH_RULE.exec(said.trimEnd()) ?? [];
      return { severity, name, file, message };
    }
    if (/^\S/.test(line)) file = line.trim();
    return [];
  });
}
