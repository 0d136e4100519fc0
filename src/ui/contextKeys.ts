import * as vscode from 'vscode';
import type { ContextKeys } from './contributions.js';

const known = new Map<string, string>();

/** Tells the editor a value that `when` clauses ask for; nothing is sent when it is the same as before. */
export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  const text = JSON.stringify(value);
  if (known.get(key) === text) return;
  known.set(key, text);
  void vscode.commands.executeCommand('setContext', key, value);
}
