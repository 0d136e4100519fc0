import type { EnhancementRow, Row } from '../tree/row.js';

/** A row that a command was called on, or anything else a caller may hand over. */
export type Given = unknown;

/** The row of the incoming view that a command was called on; null when it was called without one. */
export function rowOf(given: Given): Row | null {
  if (typeof given !== 'object' || given === null) return null;
  return 'kind' in given && 'id' in given && 'target' in given ? (given as Row) : null;
}

/** The same when it stands for an incoming commit. */
export function enhancementOf(given: Given): EnhancementRow | null {
  const row = rowOf(given);
  return row?.kind === 'enhancement' ? row : null;
}

/** The incoming commits that a command is about: the whole selection when the clicked row is part of it. */
export function selectedEnhancements(clicked: Given, selected: Given): readonly EnhancementRow[] {
  const row = enhancementOf(clicked);
  if (row === null) return [];
  const all = (Array.isArray(selected) ? selected : []).flatMap((one) => enhancementOf(one) ?? []);
  return all.some(({ id }) => id === row.id) ? all : [row];
}

/** Rows by the id of their target, in the order in which they come. */
export function byTarget(rows: readonly EnhancementRow[]): ReadonlyMap<string, readonly EnhancementRow[]> {
  const groups = new Map<string, readonly EnhancementRow[]>();
  for (const row of rows) groups.set(row.target, [...(groups.get(row.target) ?? []), row]);
  return groups;
}
