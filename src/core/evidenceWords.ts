import { shortSha } from './commit.js';
import { sanitize } from './sanitize.js';
import type { Evidence } from './standing.js';

/** How many flaky tests and mended failures are named. */
const MOST = 5;

function some<One>(all: readonly One[], wordsOf: (one: One) => string): readonly string[] {
  const left = all.length - MOST;
  return [...all.slice(0, MOST).map(wordsOf), ...(left > 0 ? [`And ${left} more of them.`] : [])];
}

/** What a rejection says beside its failures: what it builds on, or what it breaks only together with. */
export function rejectionWords({ because, together }: Extract<Evidence, { kind: 'rejected' }>): readonly string[] {
  return [
    ...(because === null ? [] : [`It builds on ${shortSha(because)}, which is rejected.`]),
    ...(together === undefined ? [] : [`It breaks that only together with ${shortSha(together)}, which stays.`]),
  ];
}

/** What a review says beside the checks that passed: what flips, and what it mends; sentences, one safe line each. */
export function proofWords({ flaky = [], fixed = [] }: Extract<Evidence, { kind: 'review' }>): readonly string[] {
  return [
    ...some(flaky, (name) => `Flaky, it failed and passed on the same tree: ${sanitize(name, 200)}.`),
    ...some(fixed, ({ check, name, file }) => {
      const where = file === null ? '' : ` in ${sanitize(file, 200)}`;
      return `It mends what fails on the target: ${sanitize(name, 200)}${where} (${sanitize(check, 60)}).`;
    }),
  ];
}
