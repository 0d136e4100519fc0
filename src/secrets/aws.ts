import pRetry from 'p-retry';
import { AutoSyncError } from '../core/errors.js';
import { type AwsPlace, awsPlace } from './awsPlace.js';
import { redirected, refusal, unreachable } from './awsProblem.js';
import { objectIn, secretsIn } from './awsValue.js';
import type { Environment } from './environment.js';
import { signedHeaders } from './signature.js';

/** How AWS is waited for. */
export interface AwsOptions {
  /** Milliseconds that one request may take, to the last byte of its answer. Default: 10 s. */
  readonly timeout?: number;
  /** Milliseconds before the first of three more attempts; the next waits are longer. Default: 1 s. */
  readonly wait?: number;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
}

const AGAIN = 3;
const SERVICE = 'secretsmanager';
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${SERVICE}.GetSecretValue` };

interface Reply {
  readonly status: number;
  readonly text: string;
  /** Kind of error that the headers name. */
  readonly kind: string | null;
}

/** How a request ended that got no answer, without what it carried. */
function endedBy(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `AWS did not answer within ${timeout / 1000} s`;
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]{3,40}$/.test(code) ? `the connection failed (${code})` : 'the connection failed';
}

async function send(place: AwsPlace, options: AwsOptions, signal: AbortSignal): Promise<Reply> {
  const { timeout = 10_000, clock = Date.now } = options;
  const { endpoint: url, region, keys, secret } = place;
  const body = JSON.stringify({ SecretId: secret });
  const headers = signedHeaders({ url, headers: HEADERS, body }, keys, { region, service: SERVICE }, clock());
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: limit });
    const kind = response.headers.get('x-amzn-errortype');
    return { status: response.status, text: await response.text(), kind };
  } catch (error) {
    throw unreachable(place, endedBy(error, timeout));
  }
}

/** AWS says it as `ExpiredTokenException`, `com.example#ExpiredTokenException` or `ExpiredTokenException:http://...`. */
function kindOf({ text, kind }: Reply): string | null {
  const named = kind ?? objectIn(text)?.['__type'];
  return typeof named === 'string' ? (/^(?:[\w.]{1,100}#)?([A-Za-z]{3,60})(?::|$)/.exec(named)?.[1] ?? null) : null;
}

async function ask(place: AwsPlace, options: AwsOptions, signal: AbortSignal): Promise<string> {
  const reply = await send(place, options, signal);
  if (reply.status === 200) return reply.text;
  throw reply.status >= 300 && reply.status < 400 ? redirected(place) : refusal(place, reply.status, kindOf(reply));
}

const mayPass = (error: Error): boolean =>
  error instanceof AutoSyncError && error.problem.code === 'secrets-unavailable' && error.problem.passing === true;

/**
 * The environment with the secrets that AWS Secrets Manager keeps for it: what is set already stays, and only names
 * that AutoSync knows are taken. Without `AUTOSYNC_AWS_SECRET_ID` nothing is asked. Throws `usage` when region or
 * credentials are missing, `secrets-unavailable` when AWS does not hand them out, and `cancelled`.
 */
export async function awsSecrets(
  environment: Environment,
  options: AwsOptions,
  signal: AbortSignal,
): Promise<Environment> {
  const place = awsPlace(environment);
  if (place === null) return environment;
  const retry = { retries: AGAIN, minTimeout: options.wait ?? 1000, factor: 2, signal };
  try {
    const answer = await pRetry(() => ask(place, options, signal), {
      ...retry,
      shouldRetry: ({ error }) => mayPass(error),
    });
    return { ...environment, ...secretsIn(place, answer, environment) };
  } catch (error) {
    throw signal.aborted ? new AutoSyncError({ code: 'cancelled' }) : error;
  }
}
