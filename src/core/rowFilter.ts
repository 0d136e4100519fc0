import type { Verdict } from './enhancement.js';
import type { IncomingRow } from './overview.js';
import { isText, listOf, objectOf, oneOf, optional, type Shape } from './shape.js';
import { STANDINGS, type Standing } from './standing.js';

const VERDICTS: readonly Verdict[] = ['auto-merge', 'review', 'rejected'];

/** Which rows a view is limited to: those that every given part lets through. */
export interface RowFilter {
  readonly sibling?: string;
  readonly standings?: readonly Standing[];
  readonly verdicts?: readonly Verdict[];
  /** Part of what a row shows. */
  readonly text?: string;
}

/** Tells a filter from anything else a message may carry. */
export const isRowFilter: Shape<RowFilter> = objectOf<RowFilter>({
  sibling: optional(isText),
  standings: optional(listOf(oneOf(STANDINGS))),
  verdicts: optional(listOf(oneOf(VERDICTS))),
  text: optional(isText),
});

/** What a person can look for in a row, in lower case. */
const searched = ({ subject, type, author, sibling, standing, sha }: IncomingRow): string =>
  `${type ?? ''}\n${subject}\n${author}\n${sibling}\n${standing}\n${sha}`.toLowerCase();

/** The words of a filter's text; a row has to hold every one of them. */
const wordsOf = (text = ''): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Makes the test that a filter puts to every row: all of its parts must let the row through. */
export function rowTest({ sibling, standings, verdicts, text }: RowFilter): (row: IncomingRow) => boolean {
  const words = wordsOf(text);
  return (row) => {
    if (sibling !== undefined && row.sibling !== sibling) return false;
    if (standings !== undefined && !standings.includes(row.standing)) return false;
    if (verdicts !== undefined && (row.verdict === null || !verdicts.includes(row.verdict))) return false;
    if (words.length === 0) return true;
    const shown = searched(row);
    return words.every((word) => shown.includes(word));
  };
}

/** True when a filter lets every row through. */
export const isOpenFilter = ({ sibling, standings, verdicts, text }: RowFilter): boolean =>
  sibling === undefined && standings === undefined && verdicts === undefined && wordsOf(text).length === 0;
