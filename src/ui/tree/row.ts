import type { IncomingRow } from '../../core/overview.js';

/** A row of the incoming view; plain data with an id that stays the same over updates. */
export type Row =
  | { readonly kind: 'target'; readonly id: string; readonly target: string }
  | { readonly kind: 'sibling'; readonly id: string; readonly target: string; readonly sibling: string }
  | { readonly kind: 'group'; readonly id: string; readonly target: string; readonly key: string }
  | EnhancementRow
  | FileRow
  | { readonly kind: 'more'; readonly id: string; readonly target: string; readonly of: string; readonly left: number };

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
