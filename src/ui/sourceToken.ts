import * as vscode from 'vscode';
import { setContext } from './contextKeys.js';
import { SOURCE_TOKEN } from './contributions.js';

/** The token that reads siblings, kept by the editor's secret storage and nowhere else. */
export class SourceToken implements vscode.Disposable {
  private readonly secrets: vscode.SecretStorage;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;

  /** Fires when the token was set, replaced or forgotten, in whatever window. */
  readonly onDidChange = this.changed.event;

  constructor(secrets: vscode.SecretStorage) {
    this.secrets = secrets;
    this.listening = secrets.onDidChange(({ key }) => (key === SOURCE_TOKEN ? this.tell() : undefined));
  }

  /** The token; undefined when there is none. */
  async read(): Promise<string | undefined> {
    const token = await this.secrets.get(SOURCE_TOKEN);
    setContext('autosync.hasSourceToken', token !== undefined);
    return token;
  }

  /** Keeps a token. */
  async set(token: string): Promise<void> {
    await this.secrets.store(SOURCE_TOKEN, token);
  }

  /** Forgets the token. */
  async forget(): Promise<void> {
    await this.secrets.delete(SOURCE_TOKEN);
  }

  /** Stops listening. */
  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  private tell(): void {
    void this.read();
    this.changed.fire();
  }
}
