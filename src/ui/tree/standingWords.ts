import type { Standing } from '../../core/standing.js';

/** What a standing is called: as the state of one commit, and as the heading of many. */
const WORDS: Readonly<Record<Standing, readonly [one: string, many: string]>> = {
  review: ['for review', 'For Review'],
  conflict: ['conflict', 'Conflicts'],
  rejected: ['rejected', 'Rejected'],
  candidate: ['candidate', 'Candidates'],
  waiting: ['waiting', 'Waiting'],
  landed: ['landed', 'Landed'],
  present: ['present', 'Present Already'],
  cancelled: ['cancelled', 'Cancelled by the Sibling'],
  declined: ['declined', 'Declined'],
  filtered: ['filtered', 'Filtered'],
};

/** The standing of one commit in words. */
export const standingWord = (standing: Standing): string => WORDS[standing][0];

/** The same at the start of a sentence about one commit. */
export function standingTitle(standing: Standing): string {
  const word = standingWord(standing);
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** The heading above the commits of a standing. */
export const standingHeading = (standing: Standing): string => WORDS[standing][1];
