import * as vscode from 'vscode';
import { findConfig, newConfigUri } from '../configPlace.js';
import { COMMANDS } from '../contributions.js';
import type { Target } from '../state/target.js';
import { chooseTarget } from './chooseTarget.js';
import { FIRST_CONFIG } from './firstConfig.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';

type Parts = Pick<CommandParts, 'targets'>;

async function offerFirst(target: Target): Promise<vscode.Uri | undefined> {
  const text =
    'There is no configuration yet. AutoSync can look for related repositories and write it, or you write it by hand.';
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage('There is no configuration yet. Trust the workspace to create one.');
    return undefined;
  }
  const chosen = await vscode.window.showInformationMessage(text, 'Find Siblings', 'Create');
  if (chosen === 'Find Siblings') await vscode.commands.executeCommand(COMMANDS.findSiblings);
  if (chosen !== 'Create') return undefined;
  const uri = await newConfigUri(target.folder.uri);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(FIRST_CONFIG));
  return uri;
}

/** Open Configuration: at the line of its problem when it has one; offers to make a first one when there is none. */
export async function openConfig(parts: Parts, given?: Given): Promise<void> {
  const target = await chooseTarget(parts, given, { title: 'Open Configuration' });
  if (target === undefined) return;
  const uri = (await findConfig(target.folder.uri)) ?? (await offerFirst(target));
  if (uri === undefined) return;
  const place = target.state.trouble?.place;
  const at = place === undefined ? undefined : new vscode.Position(place.line - 1, place.column - 1);
  await vscode.window.showTextDocument(uri, at === undefined ? {} : { selection: new vscode.Range(at, at) });
}
