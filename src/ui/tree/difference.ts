import type { IncomingRow } from '../../core/overview.js';
import { enhancementId } from './enhancementId.js';
import type { Section } from './section.js';

/** What the editor has to draw again: everything, or the rows with these ids. */
export type Difference = 'all' | readonly string[];

/** True when two plain objects hold the same texts, numbers and flags. */
function isSame(one: object, other: object): boolean {
  if (one === other) return true;
  const others = new Map<string, unknown>(Object.entries(other));
  const entries = Object.entries(one);
  return entries.length === others.size && entries.every(([name, value]) => Object.is(others.get(name), value));
}

const areSame = <One>(ones: readonly One[], others: readonly One[], same: (one: One, other: One) => boolean): boolean =>
  ones.length === others.length &&
  ones.every((one, index) => {
    const other = others[index];
    return other !== undefined && same(one, other);
  });

/** A sibling that had nothing is another row for the editor once it has something: only what it is in can be drawn. */
const isSameSection = (one: Section, other: Section): boolean =>
  one.row.id === other.row.id && (one.rows.length === 0) === (other.rows.length === 0);

const isSameCommit = (one: IncomingRow, other: IncomingRow): boolean =>
  one.sha === other.sha && one.sibling === other.sibling;

/** Whether the row of a section itself says something else, or lists others than before. */
function isOther(before: Section, after: Section, shown: number): boolean {
  const [one, other] = [before.sibling, after.sibling];
  return (
    before.open !== after.open ||
    before.rows.length !== after.rows.length ||
    before.target.trouble !== after.target.trouble ||
    before.target.overview?.target.branch !== after.target.overview?.target.branch ||
    one?.seenAt !== other?.seenAt ||
    one?.error !== other?.error ||
    one?.branch !== other?.branch ||
    one?.commitPage !== other?.commitPage ||
    !areSame(one?.notes ?? [], other?.notes ?? [], Object.is) ||
    !areSame(before.sections, after.sections, isSameSection) ||
    !areSame(before.rows.slice(0, shown), after.rows.slice(0, shown), isSameCommit)
  );
}

function below(before: Section, after: Section, shownOf: (id: string) => number): readonly string[] {
  const shown = shownOf(after.row.id);
  if (isOther(before, after, shown)) return [after.row.id];
  const commits = after.rows.slice(0, shown).flatMap((row, index) => {
    const old = before.rows[index];
    return old !== undefined && isSame(old, row) ? [] : [enhancementId(after.row.target, row)];
  });
  const sections = after.sections.flatMap((section, index) => {
    const old = before.sections[index];
    return old === undefined ? [] : below(old, section, shownOf);
  });
  return [...commits, ...sections];
}

/**
 * What changed between two arrangements; `shownOf` says how many commits of a section are listed. A section that is
 * named stands for everything below it.
 */
export function difference(
  before: readonly Section[],
  after: readonly Section[],
  shownOf: (id: string) => number,
): Difference {
  if (!areSame(before, after, isSameSection)) return 'all';
  return after.flatMap((section, index) => {
    const old = before[index];
    return old === undefined ? [] : below(old, section, shownOf);
  });
}
