import * as vscode from 'vscode';
import { COMMANDS } from './contributions.js';
import type { StateFeed } from './stateFeed.js';
import { type BarText, barText } from './stateModel.js';

/** The status bar item: shows every reading of the state, and nothing where AutoSync is not set up. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('autosync.status', vscode.StatusBarAlignment.Left, 50);
  private readonly listening: vscode.Disposable;

  constructor(feed: StateFeed) {
    this.item.name = 'AutoSync';
    this.item.command = COMMANDS.showState;
    this.listening = feed.listen((reading) => this.show(barText(reading)));
  }

  private show(bar: BarText | null): void {
    if (bar === null) {
      this.item.hide();
      return;
    }
    this.item.text = bar.text;
    this.item.tooltip = bar.tooltip;
    this.item.backgroundColor = bar.isProblem ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.show();
  }

  /** Takes the item away. */
  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }
}
