import * as vscode from 'vscode';
import { COMMANDS } from './contributions.js';
import { IncomingFiles } from './incomingFiles/incomingFiles.js';
import { choicesOf, markText } from './incomingFiles/marks.js';
import { plainLabel } from './plainLabel.js';
import { setting } from './settings.js';
import type { Targets } from './state/targets.js';

/** Marks files in the explorer that have something incoming, and tells the editor title which they are. */
export class Decorations implements vscode.Disposable, vscode.FileDecorationProvider {
  private readonly targets: Targets;
  private readonly files: IncomingFiles;
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  private readonly parts: vscode.Disposable;

  /** Fires with the files whose mark changed. */
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(targets: Targets) {
    this.targets = targets;
    this.files = new IncomingFiles(targets);
    const tell = (paths: readonly string[]): void => this.changed.fire(paths.map((path) => vscode.Uri.file(path)));
    this.parts = vscode.Disposable.from(
      this.files,
      this.changed,
      this.files.onDidChange(tell),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('autosync.decorations')) tell(this.files.paths);
      }),
      vscode.window.registerFileDecorationProvider(this),
      vscode.commands.registerCommand(COMMANDS.incomingOfFile, (given: unknown) => this.list(given)),
    );
  }

  /** The mark of a file. Its colour stays the one that version control gave it. */
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const file = uri.scheme === 'file' ? this.files.get(uri.fsPath) : undefined;
    if (file === undefined || !setting('decorations')) return undefined;
    return { badge: '↓', tooltip: markText(file.origins), propagate: false };
  }

  /** Takes the marks away. */
  dispose(): void {
    this.parts.dispose();
  }

  /** Lists what is incoming for a file, and opens the preview of what a person picks. */
  private async list(given: unknown): Promise<void> {
    const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
    const file = uri === undefined ? undefined : this.files.get(uri.fsPath);
    const rows = file === undefined ? [] : (this.targets.get(file.target)?.state.overview?.rows ?? []);
    const choices = file === undefined ? [] : choicesOf(file, rows);
    if (file === undefined || choices.length === 0) {
      void vscode.window.showInformationMessage('Nothing is incoming for this file.');
      return;
    }
    const title = `Incoming for ${plainLabel(file.path, 120)}`;
    const picked = await vscode.window.showQuickPick([...choices], { title, placeHolder: 'Preview which commit?' });
    if (picked !== undefined) await vscode.commands.executeCommand(COMMANDS.previewFile, picked.row);
  }
}
