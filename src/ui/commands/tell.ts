import * as vscode from 'vscode';
import type { CommandId } from '../contributions.js';
import type { CommandParts } from './parts.js';
import { toldOf } from './problemWords.js';

/** Says an error in the editor's words with what mends it; the whole of it goes into the log. */
export async function tellError({ log, token }: Pick<CommandParts, 'log' | 'token'>, error: unknown): Promise<void> {
  const { kind, text, ways } = toldOf(error);
  if (kind === 'silent') {
    log.info('A run was cancelled.');
    vscode.window.setStatusBarMessage('AutoSync: cancelled', 5_000);
    return;
  }
  const whole = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (kind === 'error') log.error(token.redact(whole));
  const show = kind === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const chosen = await show(token.redact(text), ...ways);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}

/** A button that runs one of our own commands, or shows the view. */
export interface Button {
  readonly title: string;
  readonly command: CommandId | 'autosync.incoming.focus';
  readonly given?: unknown;
}

/** The button that leads to the rows. */
export const SHOW_INCOMING: Button = { title: 'Show Incoming', command: 'autosync.incoming.focus' };

/** The button that leads to the log. */
export const SHOW_LOG: Button = { title: 'Show Log', command: 'autosync.showLog' };

/** Says what came of something, with buttons that lead on. Nobody waits for the answer. */
export function tellResult(kind: 'information' | 'warning', text: string, buttons: readonly Button[]): void {
  const show = kind === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(text, ...buttons).then((chosen) =>
    chosen === undefined ? undefined : vscode.commands.executeCommand(chosen.command, chosen.given),
  );
}
