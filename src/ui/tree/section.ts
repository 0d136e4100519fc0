import type { IncomingRow, SiblingOverview } from '../../core/overview.js';
import type { TargetState } from '../state/model.js';
import type { SectionRow } from './row.js';

/** A row of the upper levels with all that is below it. */
export interface Section {
  readonly row: SectionRow;
  readonly target: TargetState;
  /** The sibling it stands for; null for a folder and for a group. */
  readonly sibling: SiblingOverview | null;
  readonly sections: readonly Section[];
  /** The commits that are shown, in order. */
  readonly rows: readonly IncomingRow[];
  /** How many commits it has that are not settled, shown or not. */
  readonly open: number;
}
