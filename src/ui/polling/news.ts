import { ATTENTION_STANDINGS } from '../../core/kpi.js';
import type { IncomingRow } from '../../core/overview.js';

type Row = Pick<IncomingRow, 'sha' | 'standing'>;

/** How much newly waits for a person. */
export interface News {
  readonly review: number;
  readonly conflict: number;
}

/** Hexadecimal digits that are kept of a commit's name: enough to tell commits of a family apart. */
const KEPT = 16;

const keyOf = ({ sha, standing }: Row): string => `${standing.charAt(0)}${sha.slice(0, KEPT)}`;

const waits = ({ standing }: Row): boolean => ATTENTION_STANDINGS.includes(standing);

/** What waits for a person, as keys that tell the same commit in the same standing again. */
export const waitingKeys = (rows: readonly Row[]): readonly string[] => [...new Set(rows.filter(waits).map(keyOf))];

/** What waits and was not told of before. A commit that several siblings bring counts once. */
export function newsOf(told: readonly string[], rows: readonly Row[]): News {
  const known = new Set(told);
  const fresh = new Map(rows.filter((row) => waits(row) && !known.has(keyOf(row))).map((row) => [keyOf(row), row]));
  const count = (standing: Row['standing']): number =>
    [...fresh.values()].filter((row) => row.standing === standing).length;
  return { review: count('review'), conflict: count('conflict') };
}
