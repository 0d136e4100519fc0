import * as vscode from 'vscode';
import type { CommandId } from '../contributions.js';

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
