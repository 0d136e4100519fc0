import * as vscode from 'vscode';
import { COMMANDS, STATUS_ITEM } from '../contributions.js';
import type { Targets } from '../state/targets.js';

/** The status bar item: one glance says whether the window's targets are in step. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(STATUS_ITEM, vscode.StatusBarAlignment.Left, 50);

  constructor(_targets: Targets) {
    this.item.name = 'AutoSync';
    this.item.text = 'AutoSync';
    this.item.command = COMMANDS.menu;
    this.item.show();
  }

  /** Takes the item away. */
  dispose(): void {
    this.item.dispose();
  }
}
