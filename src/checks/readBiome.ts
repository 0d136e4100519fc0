import { fieldsOf } from './fields.js';
import { parseObject } from './manifest.js';
import type { FoundFailure, Reading } from './reading.js';

interface Problem extends FoundFailure {
  readonly severity: 'error' | 'warning' | 'info';
}

/** `src/a.ts:4:9 lint/suspicious/noDoubleEquals  FIXABLE  ━━━`, or `src/a.ts format ━━━`. */
const HEADING = /^(\S.*?)(?::\d+:\d+)? ([a-z]\w*(?:\/\w+)*)\s+(?:[A-Z]+\s+)*━{3,}$/;
const MESSAGE = /^ {2}([×✖!i]) (.+)$/;
const SEVERITY: Readonly<Record<string, Problem['severity']>> = {
  '×': 'error',
  '✖': 'error',
  '!': 'warning',
  i: 'info',
};

/** `::error title=lint/suspicious/noDebugger,file=src/a.ts,line=4,...::Message`, as Biome prints it for GitHub. */
const ANNOTATION = /^::(error|warning|notice) title=([^,]*),file=([^,]*),[^:]*::(.*)$/;

/** What Biome says when it printed only the first of many. */
const HIDDEN = /^\s*Diagnostics not shown: (\d+)\.?$/;

/**
 * Reads what `biome check`, `lint`, `ci` and `format` print by default, with `--reporter=github`, and with
 * `--reporter=json`; a failure's name is the rule.
 *
 * Warnings count only when there is no error: then it was `--error-on-warnings` that made Biome fail. Biome prints 20
 * problems and counts the rest: each that it hides is a failure too, so that one more is seen.
 */
export function readBiome(output: string): Reading {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const found = [...headed(lines), ...annotated(lines), ...lines.flatMap(inJson)];
  const errors = found.filter(({ severity }) => severity === 'error');
  const counted = errors.length > 0 ? errors : found.filter(({ severity }) => severity === 'warning');
  const failures = counted.map(({ name, file, message }) => ({ name, file, message }));
  return { failures: [...failures, ...lines.flatMap(hidden)], tests: null };
}

function headed(lines: readonly string[]): readonly Problem[] {
  return lines.flatMap((line, index) => {
    const [, file = '', name = ''] = HEADING.exec(line) ?? [];
    const next = lines
      .slice(index + 1, index + 4)
      .map((one) => MESSAGE.exec(one))
      .find((match) => match !== null);
    const severity = SEVERITY[next?.[1] ?? ''];
    return name === '' || severity === undefined ? [] : [{ severity, name, file, message: next?.[2] ?? '' }];
  });
}

function annotated(lines: readonly string[]): readonly Problem[] {
  return lines.flatMap((line) => {
    const [, level, name = '', file = '', message = ''] = ANNOTATION.exec(line) ?? [];
    if (level === undefined) return [];
    return [{ severity: level === 'notice' ? 'info' : level === 'error' ? 'error' : 'warning', name, file, message }];
  });
}

function inJson(line: string): readonly Problem[] {
  const diagnostics = line.startsWith('{"summary"') ? parseObject(line)?.diagnostics : null;
  return Array.isArray(diagnostics) ? diagnostics.flatMap((one) => problemOf(one)) : [];
}

function problemOf(value: unknown): readonly Problem[] {
  const { severity, category, message, location } = fieldsOf(value);
  const { path } = fieldsOf(location);
  if (typeof category !== 'string' || typeof message !== 'string') return [];
  const level = severity === 'error' || severity === 'fatal' ? 'error' : severity === 'warning' ? 'warning' : 'info';
  return [{ severity: level, name: category, file: typeof path === 'string' ? path : null, message }];
}

/** So many hidden problems at most are told apart from fewer. */
const MOST_HIDDEN = 1_000;

function hidden(line: string): readonly FoundFailure[] {
  const count = Math.min(Number(HIDDEN.exec(line)?.[1] ?? 0), MOST_HIDDEN);
  return Array.from({ length: count }, () => ({
    name: 'not shown',
    file: null,
    message: 'a problem that Biome hides',
  }));
}
