import * as vscode from 'vscode';
import type { CommandParts } from './parts.js';

/** Forget Source Token: takes the token out of the editor's secret storage. */
export async function forgetSourceToken({ token }: Pick<CommandParts, 'token'>): Promise<void> {
  await token.forget();
  void vscode.window.showInformationMessage('The source token is forgotten. Only public siblings can be read now.');
}
