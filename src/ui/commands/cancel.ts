import * as vscode from 'vscode';
import type { CommandParts } from './parts.js';

/** Cancel Run: whatever is under way in this window, in every folder. It says itself when it has ended. */
export function cancel({ targets }: Pick<CommandParts, 'targets'>): void {
  const busy = targets.all.filter(({ state }) => state.activity !== null);
  for (const target of busy) target.cancel();
  if (busy.length === 0) void vscode.window.showInformationMessage('Nothing is running in this window.');
}
