import type { Lane } from './lane.js';

/** What the names of all branches of AutoSync begin with. */
export const INTEGRATION_PREFIX = 'autosync/';

/** The local branch on which a sibling's picks are offered. */
export function integrationBranch(sibling: string): string {
  return `${INTEGRATION_PREFIX}${sibling}`;
}

/** True for a branch of that kind: it is AutoSync's own and never the target. */
export function isIntegrationBranch(branch: string): boolean {
  return branch.startsWith(INTEGRATION_PREFIX);
}

/** The branch on the target's forge by which one lane of a sibling lands. */
export function laneBranch(sibling: string, lane: Lane): string {
  return `${INTEGRATION_PREFIX}${sibling}/${lane}`;
}
