import * as vscode from 'vscode';
import { WALKTHROUGH } from '../contributions.js';

/** Show First Steps: opens the walkthrough. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
}
