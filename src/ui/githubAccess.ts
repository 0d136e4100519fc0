import { USUAL_ORIGIN } from './commands/tokenWords.js';
import type { ForgeServer } from './forgeServer.js';

/** What a person lets AutoSync work on the target with: the account that the editor is signed in to, or a token. */
export type GitHubAccess =
  | { readonly kind: 'session' }
  | {
      readonly kind: 'token';
      readonly token: string;
      /** The one origin it is for: scheme, host and port. */
      readonly origin: string;
    };

/** What the editor's secret storage is given. */
export const writeAccess = (access: GitHubAccess): string => JSON.stringify(access);

/** What it gave back; undefined when there is none, or when it is nothing of ours. */
export function readAccess(kept: string | undefined): GitHubAccess | undefined {
  if (kept === undefined) return undefined;
  try {
    const { kind, token, origin } = JSON.parse(kept) as Readonly<Record<string, unknown>>;
    if (kind === 'session') return { kind };
    const isToken = kind === 'token' && typeof token === 'string' && typeof origin === 'string';
    return isToken ? { kind, token, origin } : undefined;
  } catch {
    return undefined;
  }
}

/** True when the token of the editor's account is wanted: accounts of the editor are those of github.com. */
export const usesSession = (access: GitHubAccess | undefined, server: ForgeServer | null): boolean =>
  access?.kind === 'session' && server?.origin === USUAL_ORIGIN;

/** What an engine is told of the forge. */
export interface ForgeFacts {
  readonly trusted: boolean;
  /** Null when what is configured is no address. */
  readonly server: ForgeServer | null;
  readonly access: GitHubAccess | undefined;
  /** The token of the editor's account; null when it gives none. */
  readonly session: string | null;
}

function tokenOf({ trusted, server, access, session }: ForgeFacts): string | null {
  if (!trusted || server === null || access === undefined) return null;
  if (access.kind === 'session') return usesSession(access, server) ? session : null;
  return access.origin === server.origin ? access.token : null;
}

/**
 * The variables that the engine's thread asks for. The token goes with the addresses of the server it is for, and
 * never into a workspace that is not trusted (design: reliability T15).
 */
export function forgeEnvironment(facts: ForgeFacts): Readonly<Record<string, string>> {
  const { server } = facts;
  if (server === null) return {};
  const token = tokenOf(facts);
  const addresses = { GITHUB_SERVER_URL: server.origin, GITHUB_API_URL: server.api };
  return token === null ? addresses : { ...addresses, GITHUB_TOKEN: token };
}
