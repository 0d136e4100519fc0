import { createHash, randomUUID } from 'node:crypto';
import type { Answer } from './call.js';
import type { DeclaredToken } from './declared.js';
import { acceptedHeader, type Needed } from './permissions.js';

/** The moment a token ends, as GitHub writes it: `2026-01-31 12:00:00 UTC`. */
function expiry(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** What GitHub tells of the token and of what the operation needs. */
export function tokenHeaders(token: DeclaredToken | null, wanted: Needed): Readonly<Record<string, string>> {
  if (token === null) return {};
  const classic = token.kind === 'classic';
  return {
    ...(classic ? { 'x-oauth-scopes': (token.scopes ?? []).join(', '), 'x-accepted-oauth-scopes': 'repo' } : {}),
    ...(classic || wanted.length === 0 ? {} : { 'x-accepted-github-permissions': acceptedHeader(wanted) }),
    ...(token.expiresAt === undefined ? {} : { 'github-authentication-token-expiration': expiry(token.expiresAt) }),
  };
}

/** The text of an answer, its tag, and its headers. */
export function rendered(answer: Answer): {
  readonly text: string;
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const tag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  return {
    text,
    tag,
    headers: {
      ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'x-github-request-id': randomUUID().toUpperCase(),
      'x-github-media-type': 'github.v3; format=json',
      ...answer.headers,
    },
  };
}
