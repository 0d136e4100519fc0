import { GraphqlResponseError } from '@octokit/graphql';
import { RequestError } from '@octokit/request-error';
import { AutoSyncError } from '../core/errors.js';
import type { ForgeRepository } from '../core/forgePort.js';
import { sanitize } from '../core/sanitize.js';
import type { AnswerHeaders, Need } from './permissions.js';
import { permissionToGrant } from './permissions.js';

/** What is known about a request that failed. */
export interface Attempted {
  readonly repository: ForgeRepository;
  readonly need: Need;
  /** False when the request only reads, so that it may be sent again as it is. */
  readonly writes: boolean;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

const NEW_TOKEN = 'Set GITHUB_TOKEN to a token that is valid, or sign in to GitHub again in the editor';
const LOOK = 'Look at the repository on its page, then run again.';
/** How a repository lets GitHub Actions' own token open pull requests. */
export const ALLOW_ACTIONS =
  'Tick "Allow GitHub Actions to create and approve pull requests" in the settings of the repository, under Actions.';
/** What the throttling plugin throws for a limit on queries. */
const QUERY_LIMIT = /^GraphQL Rate Limit Exceeded/;

/**
 * Any failure of a request as a problem a person can mend: `forge-refused` with what to grant, or `forge-unreachable`.
 * The error of the client is not kept as its cause: it carries the request, and the request carried the token. What is
 * no failure of a request is a defect, and is handed back as it is.
 */
export function failure(error: unknown, attempted: Attempted): unknown {
  if (error instanceof GraphqlResponseError) return ofQuery(error, attempted);
  if (error instanceof Error && QUERY_LIMIT.test(error.message)) return limited({}, attempted);
  if (!(error instanceof RequestError)) return error;
  if (error.cause instanceof AutoSyncError) return error.cause;
  return error.response === undefined
    ? unreachable(networkFault(error), attempted, attempted.writes)
    : ofAnswer(error.status, error.response.headers, said(error.message), attempted);
}

/** A GraphQL answer is 200 whatever happened, and complains in its body. */
function ofQuery(error: GraphqlResponseError<unknown>, attempted: Attempted): AutoSyncError {
  const [complaint] = error.errors ?? [];
  const message = complaint?.message ?? 'the query failed';
  switch (complaint?.type) {
    case 'RATE_LIMITED':
      return limited(error.headers, attempted);
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return forbidden(403, error.headers, message, attempted);
    default:
      return refused(422, message, LOOK, attempted);
  }
}

function ofAnswer(status: number, headers: AnswerHeaders, message: string, attempted: Attempted): AutoSyncError {
  if (status === 429 || (status === 403 && isLimit(headers, message))) return limited(headers, attempted);
  if (status >= 500) return unreachable(`it answered ${status}`, attempted, attempted.writes);
  if (status === 401) return unknownToken(attempted);
  if (status === 403 || status === 404) return forbidden(status, headers, message, attempted);
  return refused(status, message, LOOK, attempted);
}

const isLimit = (headers: AnswerHeaders, message: string): boolean =>
  String(headers['x-ratelimit-remaining']) === '0' || /secondary rate|rate limit exceeded/i.test(message);

function limited(headers: AnswerHeaders, attempted: Attempted): AutoSyncError {
  const wait = String(headers['retry-after'] ?? '');
  const asked = /^\d+$/.test(wait) ? `; it asks to wait ${wait} s` : '';
  return unreachable(`its rate limit for this token is used up${asked}`, attempted, false);
}

function unknownToken(attempted: Attempted): AutoSyncError {
  const grant = permissionToGrant(attempted.need, {});
  const why = 'it does not know the token (401): it is wrong, has expired, or was revoked';
  return refused(401, why, `${NEW_TOKEN}; it needs ${grant} for ${nameOf(attempted.repository)}.`, attempted);
}

function forbidden(status: number, headers: AnswerHeaders, message: string, attempted: Attempted): AutoSyncError {
  const name = nameOf(attempted.repository);
  if (headers['x-github-sso'] !== undefined)
    return refused(
      status,
      'its organisation asks for single sign-on',
      'Open the token on its page at GitHub and authorise it under "Configure SSO".',
      attempted,
    );
  if (/archived/i.test(message))
    return refused(status, message, `Unarchive ${name} in its settings, or take it off the schedule.`, attempted);
  if (/Actions is not permitted to create/i.test(message)) return refused(status, message, ALLOW_ACTIONS, attempted);
  const grant = permissionToGrant(attempted.need, headers);
  const why = status === 404 ? 'there is no such thing, or the token may not see it (404)' : `${message} (${status})`;
  return refused(status, why, `Grant the token ${grant} for ${name}.`, attempted);
}

function refused(status: number, why: string, next: string, attempted: Attempted): AutoSyncError {
  const repository = nameOf(attempted.repository);
  return new AutoSyncError({ code: 'forge-refused', repository, why: told(why, attempted), next, status });
}

function unreachable(why: string, attempted: Attempted, unsure: boolean): AutoSyncError {
  const repository = nameOf(attempted.repository);
  return new AutoSyncError({ code: 'forge-unreachable', repository, why: told(why, attempted), unsure });
}

/** Octokit adds the address of a manual page to what GitHub said. */
const said = (message: string): string => message.replace(/ - https:\/\/docs\.github\.com\S*$/, '');

const told = (why: string, attempted: Attempted): string => sanitize(attempted.redact(why), 300);

const nameOf = (repository: ForgeRepository): string => `${repository.owner}/${repository.name}`;

const networkFault = (error: RequestError): string =>
  error.cause instanceof Error && error.cause.name === 'TimeoutError'
    ? 'it did not answer in time'
    : error.message || 'the connection failed';
