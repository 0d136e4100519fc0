import type { IncomingHttpHeaders } from 'node:http';
import { notFound, Refusal } from './call.js';
import type { DeclaredToken } from './declared.js';
import { roleOf } from './people.js';
import { grants, type Needed, reaches } from './permissions.js';
import type { Repository } from './world.js';

/** The secret in an `Authorization` header: `token`, `Bearer`, or the password of `Basic`; null without one. */
export function secretIn(headers: IncomingHttpHeaders): string | null {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
  if (/^(token|bearer)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

/** The token of a request; null when it carries none. Throws 401 for one that is unknown or expired. */
export function tokenOf(
  headers: IncomingHttpHeaders,
  tokens: readonly DeclaredToken[],
  now: Date,
): DeclaredToken | null {
  const secret = secretIn(headers);
  if (secret === null) return null;
  const token = tokens.find((one) => one.token === secret);
  if (token === undefined || (token.expiresAt !== undefined && token.expiresAt <= now)) {
    throw new Refusal(401, 'Bad credentials');
  }
  return token;
}

function chosen(token: DeclaredToken, repository: Repository): boolean {
  return (
    token.repositories === undefined ||
    token.repositories.some((name) => name.toLowerCase() === repository.fullName.toLowerCase())
  );
}

/** True when a token may see that a repository exists. */
export function sees(token: DeclaredToken | null, repository: Repository): boolean {
  if (repository.declared.private !== true) return true;
  if (token === null || roleOf(repository, token.login) === null || !chosen(token, repository)) return false;
  return token.kind !== 'classic' || token.scopes?.includes('repo') === true;
}

function lacks(token: DeclaredToken): Refusal {
  const what = token.kind === 'actions' ? 'integration' : 'personal access token';
  return new Refusal(403, `Resource not accessible by ${what}`);
}

function refuseWrite(token: DeclaredToken | null, repository: Repository): void {
  if (token === null) throw new Refusal(401, 'Requires authentication');
  if (token.kind === 'classic') {
    if (token.scopes?.some((scope) => scope === 'repo' || scope === 'public_repo') !== true) throw notFound();
    if (!reaches(roleOf(repository, token.login), 'write'))
      throw new Refusal(403, 'Must have write access to repository.');
  }
}

/** Throws what GitHub answers when a token may not do something with a repository. */
export function refuseAccess(token: DeclaredToken | null, repository: Repository, wanted: Needed): void {
  if (!sees(token, repository)) throw notFound();
  const administers = wanted.some(({ permission }) => permission === 'administration');
  const reads = wanted.every(({ level }) => level === 'read');
  if (reads && !administers && repository.declared.private !== true) return;
  if (!reads || administers) refuseWrite(token, repository);
  if (token === null || token.kind === 'classic') return;
  const role = roleOf(repository, token.login);
  const enough = token.kind === 'actions' || reads || reaches(role, 'write');
  if (!chosen(token, repository) || !enough || !grants(token, wanted)) throw lacks(token);
}
