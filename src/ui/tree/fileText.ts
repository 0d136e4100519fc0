import { sanitize } from '../../core/sanitize.js';
import type { FileRow } from './row.js';
import { dotted, listed, type RowText } from './rowText.js';

/** UTF-16 units of a path that are shown. */
const LONGEST_PATH = 1_000;

/** What the row of a file says: its name, its folder, and the rule that dropped it. */
export function fileText({ path, rule }: Pick<FileRow, 'path' | 'rule'>): RowText {
  const shown = sanitize(path, LONGEST_PATH);
  const cut = shown.lastIndexOf('/');
  const label = shown.slice(cut + 1) || shown;
  const dropped = rule === null ? null : `dropped: ${sanitize(rule, 200)}`;
  return {
    label,
    description: dotted([dropped, shown.slice(0, Math.max(cut, 0))]),
    spoken: listed([shown, dropped ?? 'kept']),
    context: rule === null ? 'file kept' : 'dropped',
  };
}
