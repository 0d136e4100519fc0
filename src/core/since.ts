import type { IncomingCommit } from './enhancement.js';
import type { Standing } from './standing.js';

/**
 * A row with the moment since when it stands where it does. A standing that stays keeps its moment, also when that is
 * not known: it began before moments were kept. Any other begins at `at` (ISO 8601, UTC).
 */
export function standingSince(row: IncomingCommit, before: IncomingCommit | undefined, at: string): IncomingCommit {
  const { since: _, ...rest } = row;
  const since = before?.standing === row.standing ? before.since : at;
  return since === undefined ? rest : { ...rest, since };
}

/** The same for the rows of a sibling, against what was stored of it. */
export function standingsSince(
  rows: readonly IncomingCommit[],
  stored: readonly IncomingCommit[],
  at: string,
): readonly IncomingCommit[] {
  const before = new Map(stored.map((row) => [row.sha, row]));
  return rows.map((row) => standingSince(row, before.get(row.sha), at));
}

/** What a commit is, said of a time that goes on; what is over is said as AutoSync came to know it. */
const WORDS: Readonly<Record<Standing, string>> = {
  review: 'In review',
  conflict: 'In conflict',
  rejected: 'Rejected',
  candidate: 'A candidate',
  waiting: 'Waiting',
  landed: 'Known to have landed',
  present: 'Known to be present',
  cancelled: 'Known to be cancelled',
  declined: 'Declined',
  filtered: 'Filtered',
};

/** `In review since`: the moment follows. */
export const sinceWords = (standing: Standing): string => `${WORDS[standing]} since`;
