import * as vscode from 'vscode';
import { type FolderReader, gitFoldersOf } from './gitFolder.js';

const at = (folder: string, path: string): vscode.Uri =>
  /^([/\\]|[a-z]:)/i.test(path) ? vscode.Uri.file(path) : vscode.Uri.joinPath(vscode.Uri.file(folder), path);

const READER: FolderReader = {
  read: async (folder, path) => {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(at(folder, path)));
    } catch {
      return null;
    }
  },
  isFolder: async (folder, path) => {
    try {
      return ((await vscode.workspace.fs.stat(at(folder, path))).type & vscode.FileType.Directory) !== 0;
    } catch {
      return false;
    }
  },
  resolve: (folder, path) => at(folder, path).fsPath,
};

const watch = (folder: vscode.Uri, glob: string, moved: () => void): vscode.Disposable => {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, glob));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(moved),
    watcher.onDidChange(moved),
    watcher.onDidDelete(moved),
  );
};

/** Notices that refs of siblings on this machine move. Only the folders of refs are watched, never the objects. */
export class SiblingWatch implements vscode.Disposable {
  private readonly moved: () => void;
  private readonly watched = new Map<string, vscode.Disposable>();

  constructor(moved: () => void) {
    this.moved = moved;
  }

  /** Watches the repositories in these folders from now on, and no others. */
  follow(folders: readonly string[]): void {
    for (const [folder, watching] of this.watched)
      if (!folders.includes(folder)) {
        this.watched.delete(folder);
        watching.dispose();
      }
    for (const folder of folders) if (!this.watched.has(folder)) this.add(folder);
  }

  /** Stops watching. */
  dispose(): void {
    this.follow([]);
  }

  private add(folder: string): void {
    const watchers: vscode.Disposable[] = [];
    const all = new vscode.Disposable(() => {
      for (const one of watchers.splice(0)) one.dispose();
    });
    this.watched.set(folder, all);
    void gitFoldersOf(folder, READER).then((found) => {
      if (found === null || this.watched.get(folder) !== all) return;
      const [own, common] = [vscode.Uri.file(found.own), vscode.Uri.file(found.common)];
      watchers.push(
        watch(own, 'HEAD', this.moved),
        watch(common, 'packed-refs', this.moved),
        watch(vscode.Uri.joinPath(common, 'refs', 'heads'), '**', this.moved),
      );
    });
  }
}
