import type * as vscode from 'vscode';
import type { Targets } from './state/targets.js';

/** Marks files in the explorer that have something incoming, and tells the editor title which they are. */
export class Decorations implements vscode.Disposable {
  constructor(_targets: Targets) {}

  /** Takes the marks away. */
  dispose(): void {}
}
