import * as vscode from 'vscode';

/** Where the state is kept, and what changes in it when a run ends anywhere, or when a person edits the configuration. */
const [FOLDER, WATCHED] = ['.autosync', '{state.json,journal.jsonl,config.json,checked}'];

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
    const files = this.watch(new vscode.RelativePattern(folder, `${FOLDER}/${WATCHED}`));
    this.own = vscode.Disposable.from(files, this.watchFolder(folder));
  }

  /** The root of the repository, when the open folder lies deeper in it: the state is kept there. */
  follow(root: string): void {
    if (root === this.root?.path || root === this.folder.fsPath) return;
    this.root?.watching.dispose();
    this.root = { path: root, watching: this.watchOutside(vscode.Uri.file(root)) };
  }

  /** Stops watching. */
  dispose(): void {
    clearTimeout(this.timer);
    this.own.dispose();
    this.root?.watching.dispose();
  }

  private readonly later = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.changed, QUIET);
  };

  /** The patterns have no folder in them, so that nothing but the root and its `.autosync` is watched outside of the workspace. */
  private watchOutside(root: vscode.Uri): vscode.Disposable {
    const watchFiles = (): vscode.Disposable =>
      this.watch(new vscode.RelativePattern(vscode.Uri.joinPath(root, FOLDER), WATCHED));
    let files = watchFiles();
    // What watched a folder that is gone does not watch the one that takes its place.
    const folder = this.watchFolder(root, () => {
      files.dispose();
      files = watchFiles();
    });
    return new vscode.Disposable(() => vscode.Disposable.from(folder, files).dispose());
  }

  /** Of a folder that is deleted as a whole the editor tells that alone, and not what was in it. */
  private watchFolder(parent: vscode.Uri, created: () => void = () => undefined): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(parent, FOLDER), false, true);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidDelete(this.later),
      watcher.onDidCreate(() => {
        created();
        this.later();
      }),
    );
  }

  private watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(this.later),
      watcher.onDidCreate(this.later),
      watcher.onDidDelete(this.later),
    );
  }
}
