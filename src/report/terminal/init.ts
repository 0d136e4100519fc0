import type { InitReport, Relative } from '../../core/reports.js';
import { counted } from '../standingWords.js';
import { commandLines } from './commands.js';
import { hang } from './layout.js';
import type { Page } from './page.js';

/** What `init` prints: where it looked, what it found and why, what it wrote, and what to do next. */
export function initLines(report: InitReport, page: Page): readonly string[] {
  return [
    ...hang('Looked at: ', report.looked.join(', ') || 'nothing', page.columns).map((line) => page.paint.dim(line)),
    ...foundLines(report.found, page),
    '',
    ...writtenLines(report, page),
    'Next:',
    ...commandLines(nextOf(report), page),
  ];
}

function foundLines(found: readonly Relative[], page: Page): readonly string[] {
  if (found.length === 0) return ['Found no related repository beside this one or among its remotes.'];
  const rows = found.flatMap(({ name, path, url, branch, because }) => [
    ...hang(`+ ${name}  `, `${path ?? url ?? ''}${branch === null ? '' : `  (branch ${branch})`}`, page.columns, 2),
    ...hang('', `It ${because}.`, page.columns, 4).map((line) => page.paint.dim(line)),
  ]);
  return [page.paint.bold(`Found ${counted(found.length, 'related repository', 'related repositories')}`), ...rows];
}

function writtenLines({ file, written }: InitReport, page: Page): readonly string[] {
  const words = written ? `✓ Wrote ${file}.` : `! ${file} was there already, so nothing was written.`;
  return hang('', words, page.columns).map((line) => (written ? page.paint.green(line) : page.paint.yellow(line)));
}

function nextOf({ file, found }: InitReport): readonly (readonly [string, string])[] {
  if (found.length > 0) return [['autosync scan', 'looks what the siblings have, and changes nothing']];
  return [
    [`edit ${file}`, 'and name your siblings under "siblings", each by "url" or "path"'],
    ['autosync doctor', 'then checks that they can be read'],
  ];
}
