import type { Client } from './client.js';
import { refusalStatus } from './refusal.js';

/** The account that workflows of GitHub Actions act as, with the token each run is given. */
export const ACTIONS_LOGIN = 'github-actions[bot]';

/** Whose the token is, by its published prefix (github.blog, "Behind GitHub's new authentication token formats"). */
export type TokenKind = 'classic' | 'fine-grained' | 'oauth' | 'installation' | 'unknown';

/** Tells the kind of a token from its first letters alone. */
export function tokenKind(token: string): TokenKind {
  if (token.startsWith('github_pat_')) return 'fine-grained';
  if (token.startsWith('ghp_')) return 'classic';
  if (token.startsWith('gho_') || token.startsWith('ghu_')) return 'oauth';
  return token.startsWith('ghs_') ? 'installation' : 'unknown';
}

/**
 * Login of who the token acts as; null when the forge does not say. Tokens of applications may not ask REST who they
 * are, but GraphQL; where that fails too, an installation's token is taken for that of GitHub Actions.
 */
export async function loginOf(client: Client, kind: TokenKind, signal: AbortSignal): Promise<string | null> {
  if (kind === 'installation') return (await viewer(client, signal)) ?? ACTIONS_LOGIN;
  try {
    const { data } = await client.read('metadata', signal, (octokit, at) =>
      octokit.rest.users.getAuthenticated({ request: at.request }),
    );
    return data.login;
  } catch (error) {
    if (refusalStatus(error) !== 403 && refusalStatus(error) !== 404) throw error;
    return viewer(client, signal);
  }
}

async function viewer(client: Client, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await client.read('metadata', signal, (octokit, at) =>
      octokit.graphql<{ readonly viewer?: { readonly login?: string } | null }>('query { viewer { login } }', {
        request: at.request,
      }),
    );
    return answer.viewer?.login ?? null;
  } catch (error) {
    if (refusalStatus(error) === null || refusalStatus(error) === 401) throw error;
    return null;
  }
}
