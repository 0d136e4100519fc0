import type { IncomingCommit } from '../core/enhancement.js';
import type { SiblingState } from '../core/facts.js';
import { ATTENTION_STANDINGS, OPEN_STANDINGS, type SiblingKpi, type StandingCounts } from '../core/kpi.js';
import { sanitize } from '../core/sanitize.js';
import { STANDINGS, type Standing } from '../core/standing.js';
import { earliest } from './elapsed.js';

/** Counts by a rule, with 0 for a standing that nothing has. */
export function standingCounts(count: (standing: Standing) => number): StandingCounts {
  return {
    review: count('review'),
    conflict: count('conflict'),
    rejected: count('rejected'),
    candidate: count('candidate'),
    waiting: count('waiting'),
    landed: count('landed'),
    present: count('present'),
    cancelled: count('cancelled'),
    declined: count('declined'),
    filtered: count('filtered'),
  };
}

/** How many have one of some standings. */
export const sumOf = (counts: StandingCounts, standings: readonly Standing[]): number =>
  standings.reduce((sum, standing) => sum + counts[standing], 0);

function countsOf(commits: readonly IncomingCommit[]): StandingCounts {
  const found = new Map<Standing, number>(STANDINGS.map((standing) => [standing, 0]));
  for (const { standing } of commits) found.set(standing, (found.get(standing) ?? 0) + 1);
  return standingCounts((standing) => found.get(standing) ?? 0);
}

/** The first to wait is not known as long as somebody waits since an unknown moment: that is the longest. */
function waitingSince(commits: readonly IncomingCommit[]): string | null {
  const moments = commits.flatMap(({ since }) => since ?? []);
  return moments.length < commits.length ? null : earliest(moments);
}

/** How far apart the target and a sibling are; `state` is undefined for one that was never seen. */
export function siblingFigures(
  name: string,
  commits: readonly IncomingCommit[],
  state: SiblingState | undefined,
): SiblingKpi {
  const counts = countsOf(commits);
  const needed = commits.filter(({ standing }) => ATTENTION_STANDINGS.includes(standing));
  const error = state?.error ?? null;
  return {
    name,
    counts,
    open: sumOf(counts, OPEN_STANDINGS),
    waiting: needed.length,
    waitingSince: waitingSince(needed),
    seenAt: state?.seenAt ?? null,
    error: error === null ? null : sanitize(error, 2000),
  };
}
