import type { Check } from './check.js';

/**
 * Checks in their order, those together that may run side by side: neighbours that only read the tree. A build writes
 * what tests read, a test may write what an app reads, so that these keep their places: type-check and lint, then
 * build, then test, then smoke.
 */
export function checkGroups(checks: readonly Check[]): readonly (readonly Check[])[] {
  const groups: Check[][] = [];
  for (const check of checks) {
    const last = groups.at(-1);
    if (check.readsOnly === true && last?.[0]?.readsOnly === true) last.push(check);
    else groups.push([check]);
  }
  return groups;
}
