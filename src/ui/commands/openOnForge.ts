import * as vscode from 'vscode';
import type { IncomingRow } from '../../core/overview.js';
import { chooseCommit } from './chooseCommit.js';
import { commitPage, siblingPage } from './forgePages.js';
import type { CommandParts } from './parts.js';
import { type Given, rowOf } from './rows.js';

type Parts = Pick<CommandParts, 'targets'>;

async function pageOf(parts: Parts, given: Given): Promise<string | null | undefined> {
  const row = rowOf(given);
  if (row?.kind === 'sibling') return siblingPage(parts.targets.get(row.target)?.state.overview ?? null, row.sibling);
  const overviews = parts.targets.all.map(({ state }) => state.overview);
  const suits = (one: IncomingRow): boolean => overviews.some((overview) => commitPage(overview, one) !== null);
  const none = 'No sibling has an address whose pages AutoSync knows.';
  const commit = await chooseCommit(parts, given, { title: 'Open on the Forge', suits, none });
  if (commit === undefined) return undefined;
  return commitPage(parts.targets.get(commit.target)?.state.overview ?? null, commit.row);
}

/** Open on the Forge: the page of a commit, or of a sibling, in the browser. */
export async function openOnForge(parts: Parts, given?: Given): Promise<void> {
  const page = await pageOf(parts, given);
  if (page === null) void vscode.window.showInformationMessage('AutoSync does not know the pages of that address.');
  else if (page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
}
