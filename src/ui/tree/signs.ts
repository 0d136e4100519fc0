import type { IncomingRow } from '../../core/overview.js';
import type { Standing } from '../../core/standing.js';

/** A product icon of the editor, and the colour of its theme it is drawn in. Shapes differ, so that colour adds nothing. */
export interface Sign {
  readonly icon: string;
  readonly color: string;
}

const QUIET = 'descriptionForeground';

const SIGNS: Readonly<Record<Standing, Sign>> = {
  review: { icon: 'eye', color: 'charts.yellow' },
  conflict: { icon: 'git-merge', color: 'charts.red' },
  rejected: { icon: 'error', color: 'charts.red' },
  candidate: { icon: 'diff-added', color: 'charts.blue' },
  waiting: { icon: 'watch', color: 'charts.blue' },
  landed: { icon: 'check', color: 'charts.green' },
  present: { icon: 'check-all', color: QUIET },
  cancelled: { icon: 'discard', color: QUIET },
  declined: { icon: 'thumbsdown', color: QUIET },
  filtered: { icon: 'filter', color: QUIET },
};

const AUTO_MERGE: Sign = { icon: 'pass', color: 'charts.green' };

/** The sign of a commit that is being checked. */
export const CHECKING: Sign = { icon: 'sync~spin', color: 'charts.blue' };

/** The sign of a file that a rule dropped. */
export const DROPPED: Sign = { icon: 'circle-slash', color: QUIET };

/** The sign of a sibling or folder that could not be read. */
export const FAILED: Sign = { icon: 'warning', color: 'list.warningForeground' };

/** The sign of a sibling that asks who is there. */
export const SIGNED_OUT: Sign = { icon: 'lock', color: 'list.warningForeground' };

/** The sign of a standing. */
export const standingSign = (standing: Standing): Sign => SIGNS[standing];

/** The sign of an incoming commit: its standing, and whether it may land by itself. */
export const signOf = ({ standing, verdict }: Pick<IncomingRow, 'standing' | 'verdict'>): Sign =>
  verdict === 'auto-merge' && (standing === 'candidate' || standing === 'review') ? AUTO_MERGE : SIGNS[standing];
