import * as vscode from 'vscode';

/** Scheme of documents that hold a text of ours: plain text, so that nothing in it is markup. */
export const TEXT_SCHEME = 'autosync-text';

/** Texts as read-only documents, by title; a title that is opened again shows the newer text. */
export class TextDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly listening: vscode.Disposable;

  /** Fires when a document has a newer text. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.listening = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(TEXT_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
    );
  }

  /** The text of a document; empty after a reload, when nothing is known of it any more. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? 'This text is gone. Run the command again.\n';
  }

  /** Opens a text under a title. */
  async open(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: TEXT_SCHEME, path: `/${title}` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    const document = await vscode.languages.setTextDocumentLanguage(
      await vscode.workspace.openTextDocument(uri),
      'plaintext',
    );
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Forgets the texts; the documents stay open as they are. */
  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  private forget(uri: vscode.Uri): void {
    if (uri.scheme === TEXT_SCHEME) this.texts.delete(uri.toString());
  }
}
