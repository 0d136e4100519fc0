import * as vscode from 'vscode';
import { findConfig } from './configPlace.js';
import { editorWords } from './editorWords.js';
import type { TroublePlace } from './state/model.js';
import type { Target } from './state/target.js';
import type { Targets } from './state/targets.js';

function diagnosticOf({ line, column, what, next }: TroublePlace): vscode.Diagnostic {
  const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const message = editorWords(`${what} ${next}`);
  const diagnostic = new vscode.Diagnostic(new vscode.Range(start, start), message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'AutoSync';
  return diagnostic;
}

/** Shows a problem of `.autosync/config.json` in the Problems panel, at its line, until it is mended. */
export class ConfigProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('autosync');
  private readonly listening: vscode.Disposable;
  private readonly shown = new Map<string, { readonly place: TroublePlace; readonly file: vscode.Uri }>();

  constructor(targets: Targets) {
    this.listening = targets.onDidChange(() => this.follow(targets.all));
    this.follow(targets.all);
  }

  /** Takes the problems away. */
  dispose(): void {
    this.listening.dispose();
    this.collection.dispose();
  }

  private follow(targets: readonly Target[]): void {
    const open = new Set(targets.map(({ state }) => state.id));
    for (const [id, { file }] of this.shown) if (!open.has(id)) this.take(id, file);
    for (const target of targets) {
      const { id, trouble } = target.state;
      const shown = this.shown.get(id);
      if (trouble?.place === undefined) {
        if (shown !== undefined) this.take(id, shown.file);
      } else if (shown?.place !== trouble.place) void this.show(target, trouble.place);
    }
  }

  private async show(target: Target, place: TroublePlace): Promise<void> {
    const file = await findConfig(target.folder.uri);
    if (file === undefined || target.state.trouble?.place !== place) return;
    this.shown.set(target.state.id, { place, file });
    this.collection.set(file, [diagnosticOf(place)]);
  }

  private take(id: string, file: vscode.Uri): void {
    this.shown.delete(id);
    this.collection.delete(file);
  }
}
