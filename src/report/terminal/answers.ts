import { shortSha } from '../../core/commit.js';
import type { Decision } from '../../core/facts.js';
import { momentOf, sinceOf } from '../time.js';
import { untilWords } from './evidence.js';
import { cut, fill, hang, widthOf, wrap } from './layout.js';
import type { Page } from './page.js';

/** A moment to the hour, as hourly backups have it. */
const HOUR = /^\d{4}-\d\d-\d\dT\d\d$/;

/** What `decline` prints. */
export function declinedLines(decision: Decision, page: Page): readonly string[] {
  const { sha, subject, sibling, because, until } = decision;
  return [
    ...hang('✓ ', `Declined ${shortSha(sha)} of ${sibling}: ${subject}`, page.columns),
    ...hang(
      '',
      `It stays out ${untilWords(until)}, also when the sibling rebases. Because: ${because}`,
      page.columns,
      2,
    ),
  ];
}

/** What `config` prints: each value, and dimmed behind it where it came from. */
export function configLines(lines: readonly string[], page: Page): readonly string[] {
  return lines.flatMap((line) => {
    const [, value = line, origin = ''] = /^(.*?)\s+(\([^()]*\))$/s.exec(line) ?? [];
    if (widthOf(line) > page.columns) return [...wrap(value, page.columns), ...hang('', origin, page.columns, 4)];
    return [
      `${fill(value, Math.min(60, page.columns - widthOf(origin) - 2))}  ${page.paint.dim(wrap(origin, page.columns)[0] ?? '')}`,
    ];
  });
}

/** What `backup` prints. */
export function backupLines(name: string, page: Page): readonly string[] {
  return hang('✓ ', `Kept the state as ${name}. \`autosync restore ${name}\` brings it back.`, page.columns);
}

/** What `backup --list` prints, newest first as the engine gives them. */
export function backupListLines(
  backups: readonly { readonly name: string; readonly at: string }[],
  page: Page,
): readonly string[] {
  if (backups.length === 0) return ['There is no backup yet. `autosync backup` makes one; a run makes one every hour.'];
  return backups.map(({ name, at }) => {
    const moment = HOUR.test(at) ? `${at}:00:00Z` : at;
    const when = `${momentOf(moment)}, ${sinceOf(moment, page.now)}`;
    return `${fill(name, Math.max(30, page.columns - 40))}  ${page.paint.dim(cut(when, 38))}`;
  });
}

/** What `restore` prints. */
export function restoredLines(name: string, page: Page): readonly string[] {
  return hang('✓ ', `The state is again as in ${name}. \`autosync status\` shows it.`, page.columns);
}
