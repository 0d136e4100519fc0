import * as vscode from 'vscode';
import { quantity } from '../quantity.js';
import { chooseCommit } from './chooseCommit.js';
import type { CommandParts } from './parts.js';
import { type Given, selectedEnhancements } from './rows.js';

const QUESTION = { title: 'Copy SHA', suits: () => true, none: 'No commit of a sibling is known yet.' };

/** Copy SHA: of every selected commit, one a line. */
export async function copySha(parts: Pick<CommandParts, 'targets'>, clicked?: Given, selected?: Given): Promise<void> {
  const chosen = selectedEnhancements(clicked, selected);
  const picked = chosen.length > 0 ? undefined : await chooseCommit(parts, clicked, QUESTION);
  const shas = (picked === undefined ? chosen : [picked]).map(({ row }) => row.sha);
  if (shas.length === 0) return;
  await vscode.env.clipboard.writeText(shas.join('\n'));
  vscode.window.setStatusBarMessage(`AutoSync: ${quantity(shas.length, 'SHA')} copied`, 3_000);
}
