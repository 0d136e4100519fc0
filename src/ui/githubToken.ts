import * as vscode from 'vscode';
import { setContext } from './contextKeys.js';
import { GITHUB_ACCESS } from './contributions.js';
import { type ForgeServer, forgeServerOf } from './forgeServer.js';
import { forgeEnvironment, type GitHubAccess, readAccess, usesSession, writeAccess } from './githubAccess.js';
import type { KnownTokens } from './knownTokens.js';
import { setting } from './settings.js';

const PROVIDER = 'github';

/**
 * The least that pushes a branch and opens a pull request: GitHub's applications have no finer scope. Without `workflow`
 * no workflow file can be pushed, and none has to be: a rule drops them.
 */
const SCOPES = ['repo'];

/** What AutoSync works on the target with; nobody but the engine's thread is given it. */
export class GitHubToken implements vscode.Disposable {
  private readonly secrets: vscode.SecretStorage;
  private readonly tokens: KnownTokens;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly lost = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;
  /** What engines were started with since they were last told that something changed. */
  private given = new Set<string>();

  /** Fires when an engine would be given something else than it was: another token, none any more, another server. */
  readonly onDidChange = this.changed.event;

  /** Fires when the account that a person let AutoSync use gives no token. */
  readonly onDidMiss = this.lost.event;

  constructor(secrets: vscode.SecretStorage, tokens: KnownTokens) {
    this.secrets = secrets;
    this.tokens = tokens;
    const look = (): void => void this.notice();
    this.listening = vscode.Disposable.from(
      secrets.onDidChange(({ key }) => (key === GITHUB_ACCESS ? look() : undefined)),
      vscode.authentication.onDidChangeSessions(({ provider }) => (provider.id === PROVIDER ? look() : undefined)),
      vscode.workspace.onDidGrantWorkspaceTrust(look),
      vscode.workspace.onDidChangeConfiguration((change) =>
        change.affectsConfiguration('autosync.github') ? look() : undefined,
      ),
    );
  }

  /** The GitHub that this person works with; null when what is configured is no address. */
  get server(): ForgeServer | null {
    return forgeServerOf(setting('github.server'));
  }

  /** What a person lets AutoSync use; undefined when nothing. */
  async access(): Promise<GitHubAccess | undefined> {
    const access = readAccess(await this.secrets.get(GITHUB_ACCESS));
    setContext('autosync.hasGitHubAccess', access !== undefined);
    if (access?.kind === 'token') this.tokens.learn(access.token);
    return access;
  }

  /** Where the forge is and, in a trusted workspace, the token for it, as the engine's thread asks for them. */
  async environment(): Promise<Readonly<Record<string, string>>> {
    const environment = await this.now();
    this.given.add(JSON.stringify(environment));
    return environment;
  }

  /** Lets the editor ask which account is meant, and uses it from now on. Answers its name. Throws when a person goes away. */
  async signIn(): Promise<string> {
    const again = (await this.access())?.kind === 'session';
    const session = again
      ? await vscode.authentication.getSession(PROVIDER, SCOPES, { forceNewSession: true })
      : await vscode.authentication.getSession(PROVIDER, SCOPES, { createIfNone: true, clearSessionPreference: true });
    this.tokens.learn(session.accessToken);
    await this.keep({ kind: 'session' });
    return session.account.label;
  }

  /** Uses a token for an origin from now on. */
  async set(token: string, origin: string): Promise<void> {
    this.tokens.learn(token);
    await this.keep({ kind: 'token', token, origin });
  }

  /** Uses none any more. */
  async forget(): Promise<void> {
    await this.secrets.delete(GITHUB_ACCESS);
    await this.notice();
  }

  /** Stops listening. */
  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
    this.lost.dispose();
  }

  private async keep(access: GitHubAccess): Promise<void> {
    await this.secrets.store(GITHUB_ACCESS, writeAccess(access));
    // Whoever asks for a run next must not meet an engine that lands elsewhere.
    await this.notice();
  }

  private async now(): Promise<Readonly<Record<string, string>>> {
    const { server } = this;
    const trusted = vscode.workspace.isTrusted;
    const access = await this.access();
    const wanted = trusted && usesSession(access, server);
    const session = wanted ? await this.session() : null;
    if (wanted && session === null) this.lost.fire();
    return forgeEnvironment({ trusted, server, access, session });
  }

  /** The token of the account that a person let AutoSync use; nobody is asked. Null without one, or without a provider. */
  private async session(): Promise<string | null> {
    try {
      const session = await vscode.authentication.getSession(PROVIDER, SCOPES, { silent: true });
      if (session !== undefined) this.tokens.learn(session.accessToken);
      return session?.accessToken ?? null;
    } catch {
      return null;
    }
  }

  private async notice(): Promise<void> {
    const now = JSON.stringify(await this.now());
    if ([...this.given].every((one) => one === now)) return;
    this.given = new Set();
    this.changed.fire();
  }
}
