import type * as vscode from 'vscode';
import type { Targets } from './state/targets.js';

/** Shows a problem of `.autosync/config.json` in the Problems panel, at its line. */
export class ConfigProblems implements vscode.Disposable {
  constructor(_targets: Targets) {}

  /** Takes the problems away. */
  dispose(): void {}
}
