import type { IncomingCommit } from '../../core/enhancement.js';
import type { Standing } from '../../core/standing.js';
import type { Page } from './page.js';
import { rowLines } from './row.js';

const MOST_ROWS = 30;

/** Rows of one standing: all when asked to be verbose, else the newest (which come last) and how many more there are. */
export function standingRows(standing: Standing, commits: readonly IncomingCommit[], page: Page): readonly string[] {
  const shown = page.verbose ? commits : commits.slice(-MOST_ROWS);
  const more = commits.length - shown.length;
  const rest = more === 0 ? [] : [page.paint.dim(`    … and ${more} older ones, ${standing}; --verbose shows all`)];
  return [...shown.flatMap((commit) => rowLines(commit, page)), ...rest];
}
