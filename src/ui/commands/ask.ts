import * as vscode from 'vscode';
import type { Question } from './landingWords.js';

/** Asks a question that must be answered before anything happens; true when a person said yes. */
export async function ask({ text, detail, yes }: Question): Promise<boolean> {
  return (await vscode.window.showInformationMessage(text, { modal: true, detail }, yes)) === yes;
}

/** True when the workspace is trusted; else what to do about it is said, and nothing must be run, landed or fetched. */
export function isTrusted(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  void vscode.window
    .showInformationMessage(
      'This workspace is in Restricted Mode, so AutoSync asks no sibling, runs no checks and lands nothing. Trust the workspace first.',
      manage,
    )
    .then((chosen) => (chosen === manage ? vscode.commands.executeCommand('workbench.trust.manage') : undefined));
  return false;
}
