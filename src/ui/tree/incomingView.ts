import * as vscode from 'vscode';
import type { RowFilter } from '../../core/rowFilter.js';
import { VIEWS } from '../contributions.js';
import type { Targets } from '../state/targets.js';

/** What the incoming view works with. */
export interface IncomingViewOptions {
  readonly targets: Targets;
  /** Where the view's choices (grouping, sorting, hiding) are kept over windows. */
  readonly memory: vscode.Memento;
  /** Called when the view becomes visible for the first time. */
  readonly onFirstShown: () => void;
}

/** The sidebar tree of incoming changes. */
export class IncomingView implements vscode.Disposable {
  private readonly view: vscode.TreeView<never>;

  constructor({ onFirstShown }: IncomingViewOptions) {
    this.view = vscode.window.createTreeView<never>(VIEWS.incoming, {
      treeDataProvider: { getChildren: () => [], getTreeItem: (row) => row },
    });
    if (this.view.visible) onFirstShown();
    this.view.onDidChangeVisibility(onFirstShown);
  }

  /** Shows the rows of a target that a filter lets through. */
  async show(_target: string, _filter: RowFilter): Promise<void> {
    await vscode.commands.executeCommand(`${VIEWS.incoming}.focus`);
  }

  /** Takes the view away. */
  dispose(): void {
    this.view.dispose();
  }
}
