import type { Verdict } from './enhancement.js';
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
