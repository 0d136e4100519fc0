import type { IncomingRow, Overview } from '../../core/overview.js';

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

/** The address of a pull request when a browser may open it: https only; null for anything else. */
export function pullRequestPage({ pullRequest }: Pick<IncomingRow, 'pullRequest'>): string | null {
  if (pullRequest === null || !URL.canParse(pullRequest)) return null;
  const url = new URL(pullRequest);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}
