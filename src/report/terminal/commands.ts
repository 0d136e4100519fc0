import { sanitize } from '../../core/sanitize.js';
import { fill, hang, widthOf, wrap } from './layout.js';
import type { Page } from './page.js';

const INDENT = 2;
/** A longer command has its line for itself. */
const WIDEST = 44;
const LONGEST = 200;

/** Commands to run, each with what it does beside it, or below it when it is long. */
export function commandLines(
  commands: readonly (readonly [command: string, what: string])[],
  page: Pick<Page, 'columns' | 'paint'>,
): readonly string[] {
  const safe = commands.map(([command, what]) => [sanitize(command, LONGEST), what] as const);
  const column = Math.min(WIDEST, Math.max(0, ...safe.map(([command]) => widthOf(command))));
  return safe.flatMap(([command, what]) => {
    const painted = page.paint.cyan(command);
    if (widthOf(command) > WIDEST) return [' '.repeat(INDENT) + painted, ...wrap(what, page.columns, INDENT + 4)];
    const [first = '', ...rest] = hang(`${fill(command, column)}  `, what, page.columns, INDENT);
    return [first.replace(command, () => painted), ...rest];
  });
}
