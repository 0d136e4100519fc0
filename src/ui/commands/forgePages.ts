import type { IncomingRow, Overview } from '../../core/overview.js';
import { isSafeAddress } from '../forgeServer.js';
import { USUAL_ORIGIN } from './tokenWords.js';

const SHA = /^[0-9a-f]{40,64}$/;

/** Page of a commit on its sibling's forge; null when the forge is not known. */
export function commitPage(
  overview: Overview | null,
  { sibling, sha }: Pick<IncomingRow, 'sibling' | 'sha'>,
): string | null {
  const page = overview?.siblings.find(({ name }) => name === sibling)?.commitPage ?? null;
  return page === null || !SHA.test(sha) ? null : `${page}${sha}`;
}

/** Page of a sibling on its forge; null when the forge is not known. */
export function siblingPage(overview: Overview | null, sibling: string): string | null {
  const page = overview?.siblings.find(({ name }) => name === sibling)?.commitPage ?? null;
  return page?.replace(/\/(?:-\/commit|commits?)\/$/, '') ?? null;
}

/** The address of a pull request when it is one of github.com or of the target's own forge; null for anything else. */
export function pullRequestPage(
  overview: Pick<Overview, 'lands'> | null,
  { pullRequest }: Pick<IncomingRow, 'pullRequest'>,
): string | null {
  if (pullRequest === null || !URL.canParse(pullRequest)) return null;
  const url = new URL(pullRequest);
  const isOurs = url.origin === USUAL_ORIGIN || url.origin === overview?.lands.server;
  return isOurs && isSafeAddress(url) ? url.href : null;
}
