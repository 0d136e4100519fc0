import type { IncomingRow, SiblingOverview } from '../../core/overview.js';
import { STANDINGS } from '../../core/standing.js';
import { faceOf } from '../state/face.js';
import type { TargetState, WindowState } from '../state/model.js';
import { type Choices, isLimited, type Limits, SETTLED, visibleRows } from './choices.js';
import type { GroupRow } from './row.js';
import type { Section } from './section.js';

/** What is listed, how, and how much of it. */
export interface ArrangeInput {
  readonly window: WindowState;
  readonly choices: Choices;
  readonly limits: Limits;
}

/** Codes of folders that nobody set AutoSync up for. */
const NOT_SET_UP: ReadonlySet<unknown> = new Set(['no-config', 'no-repository', 'bare-target']);

type Order = (one: IncomingRow, other: IncomingRow) => number;

const compare = <Value>(one: Value, other: Value): number => (one < other ? -1 : one > other ? 1 : 0);

const newestFirst: Order = (one, other) => compare(other.date, one.date) || compare(one.sha, other.sha);

/** Commits that were not judged come last. */
const leastRiskFirst: Order = (one, other) =>
  compare(one.risk ?? Number.POSITIVE_INFINITY, other.risk ?? Number.POSITIVE_INFINITY) || newestFirst(one, other);

const ORDER_OF: Readonly<Record<Choices['sortBy'], Order>> = { risk: leastRiskFirst, date: newestFirst };

function groupedBy<Key>(rows: readonly IncomingRow[], keyOf: (row: IncomingRow) => Key): Map<Key, IncomingRow[]> {
  const groups = new Map<Key, IncomingRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const countOpen = (rows: readonly IncomingRow[]): number =>
  rows.reduce((count, { standing }) => (SETTLED.has(standing) ? count : count + 1), 0);

function siblingSection(target: TargetState, sibling: SiblingOverview, rows: readonly IncomingRow[], open: number) {
  const id = `${target.id}|sibling|${sibling.name}`;
  const row = { kind: 'sibling', id, target: target.id, sibling: sibling.name } as const;
  return { row, target, sibling, sections: [], rows, open } satisfies Section;
}

function groupSection(target: TargetState, by: GroupRow['by'], key: string, rows: readonly IncomingRow[]): Section {
  const row = { kind: 'group', id: `${target.id}|${by}|${key}`, target: target.id, by, key } as const;
  return { row, target, sibling: null, sections: [], rows, open: countOpen(rows) };
}

/** Siblings as rows of the first level; those without a match are left out while the list is limited. */
function bySibling(target: TargetState, rows: readonly IncomingRow[], limited: boolean): readonly Section[] {
  const shown = groupedBy(rows, ({ sibling }) => sibling);
  const all = groupedBy(target.overview?.rows ?? [], ({ sibling }) => sibling);
  return (target.overview?.siblings ?? [])
    .filter(({ name }) => !limited || shown.has(name))
    .map((sibling) =>
      siblingSection(target, sibling, shown.get(sibling.name) ?? [], countOpen(all.get(sibling.name) ?? [])),
    );
}

/** A sibling that could not be read is named in every grouping. */
const failing = (target: TargetState, limited: boolean): readonly Section[] =>
  (limited ? [] : (target.overview?.siblings ?? []))
    .filter(({ error }) => error !== null)
    .map((sibling) => siblingSection(target, sibling, [], 0));

function byVerdict(target: TargetState, rows: readonly IncomingRow[]): readonly Section[] {
  const groups = groupedBy(rows, ({ standing }) => standing);
  return STANDINGS.flatMap((standing) => {
    const group = groups.get(standing);
    return group === undefined ? [] : [groupSection(target, 'verdict', standing, group)];
  });
}

/** Types by the alphabet, commits without a type last. */
function byType(target: TargetState, rows: readonly IncomingRow[]): readonly Section[] {
  return [...groupedBy(rows, ({ type }) => type ?? '')]
    .sort(([one], [other]) => compare(one === '', other === '') || compare(one, other))
    .map(([type, group]) => groupSection(target, 'type', type, group));
}

function sectionsOf(target: TargetState, { choices, limits }: ArrangeInput): readonly Section[] {
  const limited = isLimited(limits);
  const rows = (target.overview?.rows ?? []).filter(visibleRows(choices, limits)).sort(ORDER_OF[choices.sortBy]);
  switch (choices.groupBy) {
    case 'sibling':
      return bySibling(target, rows, limited);
    case 'verdict':
      return [...byVerdict(target, rows), ...failing(target, limited)];
    case 'type':
      return [...byType(target, rows), ...failing(target, limited)];
  }
}

const isSetUp = ({ overview, trouble }: TargetState): boolean =>
  overview !== null || (trouble !== null && !NOT_SET_UP.has(trouble.code));

function targetSection(target: TargetState, input: ArrangeInput): Section {
  const row = { kind: 'target', id: target.id, target: target.id } as const;
  const open = countOpen(target.overview?.rows ?? []);
  return { row, target, sibling: null, sections: sectionsOf(target, input), rows: [], open };
}

/**
 * The upper levels of the view with their commits: folders when several are set up, below them siblings or groups.
 * Empty while the view has another face than its rows.
 */
export function arrange(input: ArrangeInput): readonly Section[] {
  const { window, limits } = input;
  if (faceOf(window) !== 'rows') return [];
  const targets = window.targets.filter(isSetUp);
  const [only] = targets;
  if (only !== undefined && targets.length === 1) return sectionsOf(only, input);
  const sections = targets
    .filter(({ id }) => limits.target === null || limits.target === id)
    .map((target) => targetSection(target, input));
  return isLimited(limits) ? sections.filter((section) => section.sections.length > 0) : sections;
}
