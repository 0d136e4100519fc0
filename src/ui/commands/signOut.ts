import * as vscode from 'vscode';
import type { CommandParts } from './parts.js';

/** Sign Out of GitHub: AutoSync uses neither account nor token from then on. The editor's own account is the editor's. */
export async function signOut({ github }: Pick<CommandParts, 'github'>): Promise<void> {
  const access = await github.access();
  await github.forget();
  const left =
    access?.kind === 'session'
      ? ' The editor itself stays signed in; which extensions may use its accounts is in its Accounts menu.'
      : '';
  void vscode.window.showInformationMessage(`AutoSync uses your GitHub access no more.${left}`);
}
