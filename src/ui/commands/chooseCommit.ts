import * as vscode from 'vscode';
import { shortSha } from '../../core/commit.js';
import type { IncomingRow } from '../../core/overview.js';
import { STANDINGS } from '../../core/standing.js';
import { plainLabel } from '../plainLabel.js';
import { enhancementId } from '../tree/enhancementId.js';
import type { EnhancementRow } from '../tree/row.js';
import { chooseTarget } from './chooseTarget.js';
import type { CommandParts } from './parts.js';
import { enhancementOf, type Given } from './rows.js';

/** Which commits a command can work on, and what is said when there is none. */
export interface CommitQuestion {
  readonly title: string;
  readonly suits: (row: IncomingRow) => boolean;
  readonly none: string;
}

const byStanding = (rows: readonly IncomingRow[]): readonly IncomingRow[] =>
  [...rows].sort(
    (one, other) =>
      STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing) || other.date.localeCompare(one.date),
  );

const itemOf = (row: IncomingRow) => ({
  label: plainLabel(row.subject) || '(no subject)',
  description: plainLabel(`${row.sibling} ${shortSha(row.sha)}`),
  detail: plainLabel(`${row.standing}${row.risk === null ? '' : `, risk ${row.risk}`}, by ${row.author}`),
  row,
});

/** Lets a person pick one of the commits of a target; undefined when nothing was picked. */
async function pickCommit(rows: readonly IncomingRow[], title: string): Promise<IncomingRow | undefined> {
  const items = byStanding(rows).map(itemOf);
  const options = { title, placeHolder: 'Which commit?', matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.row;
}

/** The commit that a command is about: that of the row it was called on, or the one that a person picks. */
export async function chooseCommit(
  parts: Pick<CommandParts, 'targets'>,
  given: Given,
  { title, suits, none }: CommitQuestion,
): Promise<EnhancementRow | undefined> {
  const known = enhancementOf(given);
  if (known !== null) return known;
  const target = await chooseTarget(parts, given, {
    title,
    none,
    suits: ({ overview }) => overview?.rows.some(suits) ?? false,
  });
  const rows = target?.state.overview?.rows.filter(suits) ?? [];
  if (target === undefined) return undefined;
  const row = await pickCommit(rows, title);
  if (row === undefined) return undefined;
  return { kind: 'enhancement', id: enhancementId(target.state.id, row), target: target.state.id, row };
}
