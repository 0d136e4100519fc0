const PREFIX = 'autosync/';

/** The local branch on which a sibling's picks are offered. */
export function integrationBranch(sibling: string): string {
  return `${PREFIX}${sibling}`;
}

/** True for a branch of that kind: it is AutoSync's own and never the target. */
export function isIntegrationBranch(branch: string): boolean {
  return branch.startsWith(PREFIX);
}
