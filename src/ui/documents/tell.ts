import * as vscode from 'vscode';
import { toldOf } from '../commands/problemWords.js';

/** Tells a person what went wrong in something that no command waits for, with what mends it. */
export async function tell(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const { kind, text, ways } = toldOf(error);
  if (kind === 'silent') return;
  if (kind === 'error') log.error(error instanceof Error ? error : String(error));
  const show = kind === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const chosen = await show(text, ...ways.map(({ title }) => title));
  const way = ways.find(({ title }) => title === chosen);
  if (way !== undefined) await vscode.commands.executeCommand(way.command);
}
