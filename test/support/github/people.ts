import type { Level } from './declared.js';
import type { JsonObject } from './json.js';
import type { Repository, World } from './world.js';

/** A number for a login that is always the same. */
function idOf(login: string): number {
  return [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

/** What is known of an account, for a schema that has more. */
export function account(world: World, login: string): JsonObject {
  const url = `${world.origin}/users/${login}`;
  const bot = login.endsWith('[bot]');
  return {
    login,
    id: idOf(login),
    node_id: `U_${idOf(login)}`,
    type: bot ? 'Bot' : 'User',
    url,
    html_url: `${world.origin}/${login}`,
    site_admin: false,
  };
}

/** An account as others see it. */
export function userView(world: World, login: string): JsonObject {
  return world.shape('simple-user', account(world, login));
}

/** What a login may do on a repository; null for a stranger. */
export function roleOf(repository: Repository, login: string): Level | null {
  if (login === repository.owner) return 'admin';
  return repository.declared.collaborators?.[login] ?? null;
}
