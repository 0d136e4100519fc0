import * as vscode from 'vscode';
import { setContext } from './contextKeys.js';
import { SOURCE_TOKEN } from './contributions.js';
import type { KnownTokens } from './knownTokens.js';
import { readSecret, type SourceSecret, writeSecret } from './sourceSecret.js';

/** The token that reads siblings, kept by the editor's secret storage and nowhere else. */
export class SourceToken implements vscode.Disposable {
  private readonly secrets: vscode.SecretStorage;
  private readonly tokens: KnownTokens;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;

  /** Fires when the token was set, replaced or forgotten, in whatever window. */
  readonly onDidChange = this.changed.event;

  constructor(secrets: vscode.SecretStorage, tokens: KnownTokens) {
    this.secrets = secrets;
    this.tokens = tokens;
    this.listening = secrets.onDidChange(({ key }) => (key === SOURCE_TOKEN ? this.tell() : undefined));
  }

  /** The token and the one origin it is for; undefined when there is none. */
  async read(): Promise<SourceSecret | undefined> {
    const secret = readSecret(await this.secrets.get(SOURCE_TOKEN));
    setContext('autosync.hasSourceToken', secret !== undefined);
    if (secret !== undefined) this.tokens.learn(secret.token);
    return secret;
  }

  /** The same as the variables that the engine's thread asks for; nobody else is given them. */
  async environment(): Promise<Readonly<Record<string, string>>> {
    const secret = await this.read();
    return secret === undefined ? {} : { AUTOSYNC_SOURCE_TOKEN: secret.token, AUTOSYNC_SOURCE_ORIGIN: secret.origin };
  }

  /** Keeps a token for an origin. */
  async set(token: string, origin: string): Promise<void> {
    this.tokens.learn(token);
    await this.secrets.store(SOURCE_TOKEN, writeSecret({ token, origin }));
  }

  /** Forgets the token. */
  async forget(): Promise<void> {
    await this.secrets.delete(SOURCE_TOKEN);
  }

  /** Takes every token that this window knows of out of a text, and whatever looks like one. */
  redact(text: string): string {
    return this.tokens.redact(text);
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
