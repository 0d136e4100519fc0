import { SETTLED_STANDINGS } from '../../core/kpi.js';
import type { IncomingRow } from '../../core/overview.js';
import { isOpenFilter, type RowFilter, rowTest } from '../../core/rowFilter.js';
import { isFlag, objectOf, oneOf, type Shape } from '../../core/shape.js';
import type { Standing } from '../../core/standing.js';

/** What the rows of the first level are. */
export const GROUPINGS = ['sibling', 'verdict', 'type'] as const;

/** In which order commits are listed: the least risk first, or the newest first. */
export const ORDERS = ['risk', 'date'] as const;

/** How a person wants to see the list; kept over windows. */
export interface Choices {
  readonly groupBy: (typeof GROUPINGS)[number];
  readonly sortBy: (typeof ORDERS)[number];
  /** True when commits that nobody has to think of any more are left out. */
  readonly settledHidden: boolean;
}

/** To what the list is limited for now. */
export interface Limits {
  /** Id of the only target that is shown; null for all. */
  readonly target: string | null;
  readonly filter: RowFilter;
}

/** What counts when a person chose nothing. */
export const DEFAULT_CHOICES: Choices = { groupBy: 'sibling', sortBy: 'risk', settledHidden: true };

/** Everything is shown. */
export const NO_LIMITS: Limits = { target: null, filter: {} };

/** Standings with which the work on a commit is over. */
export const SETTLED: ReadonlySet<Standing> = new Set(SETTLED_STANDINGS);

const isChoices: Shape<Choices> = objectOf<Choices>({
  groupBy: oneOf(GROUPINGS),
  sortBy: oneOf(ORDERS),
  settledHidden: isFlag,
});

/** The choices as they were kept; what an older version kept in another form does not count. */
export const readChoices = (kept: unknown): Choices => (isChoices(kept) ? kept : DEFAULT_CHOICES);

/** True when something beside the hiding of what is settled is left out. */
export const isLimited = ({ target, filter }: Limits): boolean => target !== null || !isOpenFilter(filter);

/** Whether a row is shown: a filter that names standings or verdicts shows them also when they are settled. */
export function visibleRows(choices: Choices, { filter }: Limits): (row: IncomingRow) => boolean {
  const passes = rowTest(filter);
  const named = filter.standings !== undefined || filter.verdicts !== undefined;
  const hides = choices.settledHidden && !named;
  return (row) => !(hides && SETTLED.has(row.standing)) && passes(row);
}
