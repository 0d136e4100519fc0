import * as vscode from 'vscode';
import { COMMANDS, STATUS_ITEM } from '../contributions.js';
import type { Targets } from '../state/targets.js';
import { stateOfTarget, stateOfWindow } from './barState.js';
import { type BarTone, textOf } from './barText.js';
import { TOOLTIP_COMMANDS, tooltipOf } from './tooltip.js';

/** Milliseconds after which it is asked whether another run still works: one that is killed changes no file. */
const ASK_AGAIN = 60_000;

const BACKGROUND: Readonly<Record<BarTone, string | null>> = {
  quiet: null,
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
};

/** The status bar item: one glance says whether the window's targets are in step. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(STATUS_ITEM, vscode.StatusBarAlignment.Left, 50);
  private readonly targets: Targets;
  private readonly listening: vscode.Disposable;
  private shown = '';

  constructor(targets: Targets) {
    this.targets = targets;
    this.item.name = 'AutoSync';
    this.item.command = COMMANDS.menu;
    const timer = setInterval(() => this.askAgain(), ASK_AGAIN);
    this.listening = vscode.Disposable.from(
      targets.onDidChange(() => this.show()),
      new vscode.Disposable(() => clearInterval(timer)),
    );
    this.show();
  }

  /** Takes the item away. */
  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }

  private askAgain(): void {
    for (const target of this.targets.all)
      if (stateOfTarget(target.state, true).kind === 'elsewhere') void target.refresh();
  }

  private show(): void {
    const window = this.targets.state;
    const now = Date.now();
    const text = textOf(stateOfWindow(window));
    if (text === null) {
      this.shown = '';
      this.item.hide();
      return;
    }
    const tooltip = tooltipOf(window, now);
    // An open tooltip closes when its item changes, so that nothing is set that is the same.
    const all = JSON.stringify([text, tooltip]);
    if (all === this.shown) return;
    this.shown = all;
    const background = BACKGROUND[text.tone];
    this.item.text = `$(${text.icon}) AutoSync${text.words === '' ? '' : `: ${text.words}`}`;
    this.item.backgroundColor = background === null ? undefined : new vscode.ThemeColor(background);
    this.item.accessibilityInformation = { label: `AutoSync: ${text.spoken}`, role: 'button' };
    this.item.tooltip = new vscode.MarkdownString(tooltip, true);
    this.item.tooltip.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
    this.item.show();
  }
}
