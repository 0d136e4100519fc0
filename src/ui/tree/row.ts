import type { IncomingRow } from '../../core/overview.js';

/** A row of the incoming view; plain data with an id that stays the same over updates. */
export type Row = SectionRow | EnhancementRow | FileRow | MoreRow | NoteRow;

/** A row that has rows of the list below it. */
export type SectionRow = TargetRow | SiblingRow | GroupRow;

/** A row that stands for an open folder. */
export interface TargetRow {
  readonly kind: 'target';
  readonly id: string;
  /** Id of the target. */
  readonly target: string;
}

/** A row that stands for a sibling of a target. */
export interface SiblingRow {
  readonly kind: 'sibling';
  readonly id: string;
  readonly target: string;
  readonly sibling: string;
}

/** A row that stands for all commits of one standing, or of one type. */
export interface GroupRow {
  readonly kind: 'group';
  readonly id: string;
  readonly target: string;
  readonly by: 'verdict' | 'type';
  /** The standing, or the type; empty for commits that have no type. */
  readonly key: string;
}

/** A row that stands for an incoming commit. */
export interface EnhancementRow {
  readonly kind: 'enhancement';
  readonly id: string;
  /** Id of the target it is offered to. */
  readonly target: string;
  readonly row: IncomingRow;
}

/** A row that stands for a file of an incoming commit. */
export interface FileRow {
  readonly kind: 'file';
  readonly id: string;
  readonly target: string;
  readonly row: IncomingRow;
  readonly path: string;
  /** The rule that dropped it; null when it is kept. */
  readonly rule: string | null;
}

/** The last row of a long list: it shows more of it. */
export interface MoreRow {
  readonly kind: 'more';
  readonly id: string;
  readonly target: string;
  /** Id of the row whose list goes on. */
  readonly of: string;
  /** How many rows are not shown yet. */
  readonly left: number;
}

/** A row that says something where there is nothing to list. */
export interface NoteRow {
  readonly kind: 'note';
  readonly id: string;
  readonly target: string;
  /** Id of the row it is below. */
  readonly of: string;
  readonly text: string;
}
