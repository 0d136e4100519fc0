import * as vscode from 'vscode';
import type { StatusReport } from '../core/reports.js';
import { COMMANDS } from './contributions.js';
import { statusBarText } from './stateModel.js';

/** The status bar item: reads the store when its mirror changes, and never asks the network. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('autosync.status', vscode.StatusBarAlignment.Left, 50);
  private readonly read: () => Promise<StatusReport>;

  constructor(read: () => Promise<StatusReport>) {
    this.read = read;
    this.item.name = 'AutoSync';
    this.item.command = COMMANDS.showState;
  }

  /** Shows the state as it is stored now; a problem becomes the tooltip. */
  async refresh(): Promise<void> {
    try {
      const { text, tooltip } = statusBarText(await this.read());
      this.item.text = text;
      this.item.tooltip = tooltip;
    } catch (error) {
      this.item.text = '$(error) AutoSync';
      this.item.tooltip = error instanceof Error ? error.message : String(error);
    }
    this.item.show();
  }

  /** Takes the item away. */
  dispose(): void {
    this.item.dispose();
  }
}
