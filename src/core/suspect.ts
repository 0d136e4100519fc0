import type { CheckOutcome } from './check.js';

/** What a pick changes, as far as a failure can point at it. */
export interface Suspect {
  readonly paths: readonly string[];
}

/** `src/sum.test.ts` and `src/sum.ts` have the stem `sum`. */
const stemOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\..*$/, '');

/** Stems that half of all projects have say nothing. */
const COMMON = new Set(['', 'index', 'main', 'test', 'tests', 'mod', 'lib', 'package']);

function pointsAt(path: string, outcome: CheckOutcome): number {
  const said = outcome.failures.map(({ name, file, message }) => `${name}\n${file ?? ''}\n${message}`).join('\n');
  if (said.includes(path)) return 4;
  if (outcome.output.includes(path)) return 2;
  const stem = stemOf(path);
  const stems = new Set(outcome.failures.flatMap(({ file }) => (file === null ? [] : [stemOf(file)])));
  return !COMMON.has(stem) && stems.has(stem) ? 1 : 0;
}

/**
 * The pick at which failures point most clearly, by the paths they name; null when they name none. A guess: it decides
 * only what is tried first.
 */
export function suspectOf(picks: readonly Suspect[], outcomes: readonly CheckOutcome[]): number | null {
  const scores = picks.map(({ paths }) =>
    Math.max(0, ...paths.flatMap((path) => outcomes.map((outcome) => pointsAt(path, outcome)))),
  );
  const best = Math.max(0, ...scores);
  return best === 0 ? null : scores.indexOf(best);
}
