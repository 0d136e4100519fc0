import * as vscode from 'vscode';

/** What changes when a run ends anywhere, or when a person edits the configuration. */
const WATCHED = '{state.json,journal.jsonl,config.json,checked}';

/** Milliseconds of quiet after which a changed file is read. */
const QUIET = 250;

/** Notices that what AutoSync remembers of a repository, or its configuration, changes on disk. */
export class StateWatch implements vscode.Disposable {
  private readonly folder: vscode.Uri;
  private readonly changed: () => void;
  private readonly own: vscode.Disposable;
  private root: { readonly path: string; readonly watching: vscode.Disposable } | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(folder: vscode.Uri, changed: () => void) {
    this.folder = folder;
    this.changed = changed;
    this.own = this.watch(new vscode.RelativePattern(folder, `.autosync/${WATCHED}`));
  }

  /** The root of the repository, when the open folder lies deeper in it: the state is kept there. */
  follow(root: string): void {
    if (root === this.root?.path || root === this.folder.fsPath) return;
    this.root?.watching.dispose();
    // The pattern has no folder in it, so that nothing but `.autosync` itself is watched outside of the workspace.
    const base = vscode.Uri.joinPath(vscode.Uri.file(root), '.autosync');
    this.root = { path: root, watching: this.watch(new vscode.RelativePattern(base, WATCHED)) };
  }

  /** Stops watching. */
  dispose(): void {
    clearTimeout(this.timer);
    this.own.dispose();
    this.root?.watching.dispose();
  }

  private watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const later = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.changed, QUIET);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(later),
      watcher.onDidCreate(later),
      watcher.onDidDelete(later),
    );
  }
}
