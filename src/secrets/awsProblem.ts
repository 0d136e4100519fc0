import { AutoSyncError } from '../core/errors.js';
import { sanitize } from '../core/sanitize.js';
import type { AwsPlace } from './awsPlace.js';

/** Why a secret could not be read, and what to do. */
interface Reason {
  readonly why: string;
  readonly next: string;
  /** True when it may pass by itself. */
  readonly passing?: true;
}

const RENEW = 'Renew the AWS credentials, and check the clock of this machine.';
const CREDENTIALS = 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: they belong together.';
const WAIT = 'Run again later; nothing was done without the secrets.';

const EXPIRED: Reason = { why: 'the AWS credentials expired', next: RENEW };
const THROTTLED: Reason = { why: 'AWS is asked too often', next: WAIT, passing: true };
const UNKNOWN_KEYS: Reason = { why: 'AWS does not know the credentials', next: CREDENTIALS };

/** By the kinds of errors that AWS names: those of GetSecretValue, and those common to its services. */
const REASONS: Readonly<Record<string, Reason>> = {
  ExpiredTokenException: EXPIRED,
  ExpiredToken: EXPIRED,
  RequestExpired: EXPIRED,
  AccessDeniedException: {
    why: 'the AWS credentials may not read it',
    next: 'Allow secretsmanager:GetSecretValue for it, and kms:Decrypt for a key of your own.',
  },
  UnrecognizedClientException: UNKNOWN_KEYS,
  InvalidClientTokenId: UNKNOWN_KEYS,
  InvalidSignatureException: {
    why: 'AWS did not accept the signature',
    next: `${CREDENTIALS} Check the clock of this machine too.`,
  },
  ResourceNotFoundException: {
    why: 'there is no such secret in that region',
    next: 'Check AUTOSYNC_AWS_SECRET_ID and AWS_REGION.',
  },
  InvalidRequestException: {
    why: 'it cannot be read in the state it is in, for example because it is to be deleted',
    next: 'Restore it in AWS Secrets Manager, or name another one.',
  },
  DecryptionFailure: {
    why: 'AWS could not decrypt it',
    next: 'Check the KMS key of the secret.',
  },
  ThrottlingException: THROTTLED,
  Throttling: THROTTLED,
  TooManyRequestsException: THROTTLED,
  LimitExceededException: THROTTLED,
};

/** A problem with the secret of a place; the message names the secret and the region, and never what it holds. */
export function unavailable({ secret, region }: AwsPlace, reason: Reason): AutoSyncError {
  const what = `Secret ${JSON.stringify(sanitize(secret, 200))} of AWS Secrets Manager in ${region}`;
  return new AutoSyncError({ code: 'secrets-unavailable', what, ...reason });
}

/**
 * What a refusal of AWS means. Of its answer only the kind of error is told: the rest may quote what was signed, and
 * the session's token with it.
 */
export function refusal(place: AwsPlace, status: number, kind: string | null): AutoSyncError {
  const known = kind !== null && Object.hasOwn(REASONS, kind) ? REASONS[kind] : undefined;
  if (known !== undefined) return unavailable(place, known);
  const why = `AWS answered with status ${status}${kind === null ? '' : ` (${kind})`}`;
  if (status >= 500 || status === 429) return unavailable(place, { why, next: WAIT, passing: true });
  return unavailable(place, { why, next: 'Check the address, the region and the credentials.' });
}

/** The endpoint points elsewhere; credentials are not sent after it. */
export function redirected(place: AwsPlace): AutoSyncError {
  const next = 'Check AWS_ENDPOINT_URL_SECRETS_MANAGER and AWS_ENDPOINT_URL.';
  return unavailable(place, { why: 'the endpoint redirects elsewhere, which is not followed', next });
}

/** No answer came, or not all of it; `why` says how it ended. */
export function unreachable(place: AwsPlace, why: string): AutoSyncError {
  return unavailable(place, { why, next: 'Check the network and AWS_REGION, then run again.', passing: true });
}

/** The secret is there, but is nothing to take secrets from. */
export function unreadable(place: AwsPlace, why: string): AutoSyncError {
  const next = 'Store a JSON object of texts by name, for example {"AUTOSYNC_SOURCE_TOKEN": "..."}.';
  return unavailable(place, { why, next });
}
