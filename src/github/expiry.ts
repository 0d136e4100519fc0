import type { Finding } from '../core/finding.js';
import { expiresSoon } from '../core/tokenExpiry.js';
import type { AnswerHeaders } from './permissions.js';

const DAY = 86_400_000;
/** Days before its end from which a token is worth a warning (design: issue "tokens kept apart"). */
const WARN_DAYS = 14;

/** When the token ends, ISO 8601 in UTC; null when it does not, or the forge does not say. */
export function expiryOf(headers: AnswerHeaders): string | null {
  const told = String(headers['github-authentication-token-expiration'] ?? '');
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/.exec(told) ?? [];
  if (day === undefined || time === undefined || zone === undefined) return null;
  const offset = zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const at = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** What to say of the day a token ends, seen from `now` (milliseconds since 1970). */
export function expiryFinding(expiresAt: string | null, now: number): Finding | null {
  if (expiresAt === null) return null;
  const left = Date.parse(expiresAt) - now;
  const mend = 'Make a new token with the same permissions and set GITHUB_TOKEN to it.';
  if (left <= 0) return { subject: 'GitHub token', state: 'bad', what: `The token expired on ${expiresAt}.`, mend };
  if (left > WARN_DAYS * DAY)
    return { subject: 'GitHub token', state: 'good', what: `The token is valid until ${expiresAt}.`, mend: '' };
  const days = Math.floor(left / DAY);
  const within = days === 0 ? 'within a day' : days === 1 ? 'in 1 day' : `in ${days} days`;
  return { subject: 'GitHub token', state: 'warning', what: expiresSoon(within, expiresAt), mend };
}
