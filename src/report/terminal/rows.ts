import type { IncomingCommit } from '../../core/enhancement.js';
import type { Standing } from '../../core/standing.js';
import type { Page } from './page.js';
import { rowLines } from './row.js';

const MOST_ROWS = 30;

/**
 * Rows of one standing: all when asked to be verbose, else the newest (which come last) and how many more there are.
 * What a dry run decided on comes first: a run takes up the oldest commits, and it was asked for just these.
 */
export function standingRows(standing: Standing, commits: readonly IncomingCommit[], page: Page): readonly string[] {
  const shown = page.verbose ? commits : mostTelling(commits);
  const more = commits.length - shown.length;
  const rest = more === 0 ? [] : [page.paint.dim(`    … and ${more} more, ${standing}; --verbose shows all`)];
  return [...shown.flatMap((commit) => rowLines(commit, page)), ...rest];
}

function mostTelling(commits: readonly IncomingCommit[]): readonly IncomingCommit[] {
  if (commits.length <= MOST_ROWS) return commits;
  const isDecided = ({ standing, verdict }: IncomingCommit): boolean => standing === 'candidate' && verdict !== null;
  const decided = commits.filter(isDecided).slice(0, MOST_ROWS);
  const others = commits.filter((commit) => !isDecided(commit));
  return [...decided, ...others.slice(Math.max(0, others.length - (MOST_ROWS - decided.length)))];
}
