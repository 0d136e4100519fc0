import type { IncomingRow } from '../core/overview.js';
import type { Standing } from '../core/standing.js';

/** Standings from which `apply` lands a commit. */
const APPLICABLE: ReadonlySet<Standing> = new Set(['review', 'candidate', 'waiting', 'declined', 'filtered']);

/** Standings in which a person's no changes nothing. */
const DECIDED: ReadonlySet<Standing> = new Set(['landed', 'present', 'declined']);

/** Rules that hold also when a person asks: a secret never lands, and of a merge only the members do. */
const UNDENIABLE: ReadonlySet<string> = new Set(['secret', 'merge']);

type Applicable = Pick<IncomingRow, 'standing' | 'kept' | 'rule' | 'resolved'>;

/** True when a person may land it: what conflicts, breaks a check, is here already or holds a secret cannot. */
export const canApply = ({ standing, kept, rule }: Applicable): boolean =>
  APPLICABLE.has(standing) && kept > 0 && !(rule !== undefined && UNDENIABLE.has(rule));

/** True when a no changes something: it is neither in the target nor declined already. */
export const canDecline = ({ standing }: Pick<IncomingRow, 'standing'>): boolean => !DECIDED.has(standing);

/** True when there are conflicts that a person can resolve, or resolve again: what was made of them may break a check. */
export const canResolve = ({ standing, resolved }: Pick<IncomingRow, 'standing' | 'resolved'>): boolean =>
  standing === 'conflict' || (resolved === true && !DECIDED.has(standing));

/**
 * The rows of a selection that can be applied. A conflict may go along with others: what it conflicts with may be
 * what it builds on.
 */
export function applicable<Row extends Applicable>(rows: readonly Row[]): readonly Row[] {
  const some = rows.some(canApply);
  return rows.filter((row) => canApply(row) || (some && row.standing === 'conflict'));
}
