import { sanitize } from '../../core/sanitize.js';
import { STANDINGS } from '../../core/standing.js';
import { quantity } from '../quantity.js';
import type { TargetState } from '../state/model.js';
import type { GroupRow } from './row.js';
import { dotted, type RowText } from './rowText.js';
import type { Section } from './section.js';
import { standingHeading } from './standingWords.js';

function headingOf({ by, key }: Pick<GroupRow, 'by' | 'key'>): string {
  const standing = by === 'verdict' ? STANDINGS.find((one) => one === key) : undefined;
  return standing === undefined ? sanitize(key, 60) || '(no type)' : standingHeading(standing);
}

/** What the row of all commits of a standing or a type says. */
export function groupText(group: Pick<GroupRow, 'by' | 'key'>, { rows }: Pick<Section, 'rows'>): RowText {
  const label = headingOf(group);
  return {
    label,
    description: rows.length.toLocaleString('en-US'),
    spoken: `${label}, ${quantity(rows.length, 'commit')}`,
    context: 'group',
  };
}

/** What the row of an open folder says: its branch and how much is incoming, or that it cannot be read. */
export function targetText({ name, overview, trouble }: TargetState, { open }: Pick<Section, 'open'>): RowText {
  const label = sanitize(name, 100);
  const branch = overview === null ? null : sanitize(overview.target.branch, 100);
  const state = trouble === null ? `${open.toLocaleString('en-US')} incoming` : 'cannot be read';
  const description = dotted([branch, state]);
  return { label, description, spoken: `Folder ${label}, ${description.replaceAll(' · ', ', ')}`, context: 'target' };
}
