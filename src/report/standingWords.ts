import type { IncomingCommit } from '../core/enhancement.js';
import { type PresentBy, STANDINGS, type Standing } from '../core/standing.js';

/** How many commits have each standing; standings that none has are absent. */
export type StandingCounts = Readonly<Partial<Record<Standing, number>>>;

/** One sign for each standing; it never stands without the word. */
export const SYMBOLS: Readonly<Record<Standing, string>> = {
  review: '?',
  conflict: '!',
  rejected: '✗',
  candidate: '+',
  waiting: '…',
  landed: '✓',
  present: '=',
  cancelled: '~',
  declined: '-',
  filtered: '·',
};

/** The rungs of the equivalence ladder, as reasons why a commit is present. */
export const PRESENT_WORDS: Readonly<Record<PresentBy, string>> = {
  ancestor: 'in the history of the target',
  'origin-trailer': 'picked before, by its origin trailer',
  'patch-id': 'the same change, by patch-id',
  'context-free-patch-id': 'the same change in other surroundings, by context-free patch-id',
  'no-change': 'picking it changes nothing',
};

const PLURAL: Readonly<Partial<Record<Standing, string>>> = { conflict: 'conflicts', candidate: 'candidates' };

/** The commits counted by standing. */
export function countStandings(commits: readonly Pick<IncomingCommit, 'standing'>[]): StandingCounts {
  const counts: Partial<Record<Standing, number>> = {};
  for (const { standing } of commits) counts[standing] = (counts[standing] ?? 0) + 1;
  return counts;
}

/** Counts of several siblings as one. */
export function addCounts(all: readonly StandingCounts[]): StandingCounts {
  const sums = STANDINGS.map(
    (standing) => [standing, all.reduce((sum, one) => sum + (one[standing] ?? 0), 0)] as const,
  );
  return Object.fromEntries(sums.filter(([, count]) => count > 0));
}

/** A count in words: `2 for review`, `1 conflict`, `3 landed`. */
export function countWords(standing: Standing, count: number): string {
  if (standing === 'review') return `${count} for review`;
  return `${count} ${count === 1 ? standing : (PLURAL[standing] ?? standing)}`;
}

/** All counts in words, what waits for a person first; `no incoming commits` when there are none. */
export function summaryOf(counts: StandingCounts): string {
  const parts = STANDINGS.flatMap((standing) => {
    const count = counts[standing] ?? 0;
    return count === 0 ? [] : [countWords(standing, count)];
  });
  return parts.length === 0 ? 'no incoming commits' : parts.join(', ');
}

/** The commits in the order of `STANDINGS`; within one standing the order stays. */
export function byStanding<Row extends Pick<IncomingCommit, 'standing'>>(commits: readonly Row[]): readonly Row[] {
  return [...commits].sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing));
}

/** A number with its noun: `1 commit`, `2 commits`; `plural` when it is not made with an s. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
