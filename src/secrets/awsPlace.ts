import { AutoSyncError } from '../core/errors.js';
import { sanitize } from '../core/sanitize.js';
import { type Environment, present } from './environment.js';
import type { AwsKeys } from './signature.js';

/** Which secret of AWS Secrets Manager is asked for, where, and by whom. */
export interface AwsPlace {
  /** Name or ARN of the secret. */
  readonly secret: string;
  readonly region: string;
  readonly endpoint: URL;
  readonly keys: AwsKeys;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
/** A region becomes part of the host that the request goes to. */
const REGION = /^[a-z]{2,8}(?:-[a-z0-9]{1,12}){1,4}$/;

const refuse = (what: string, next: string): AutoSyncError =>
  new AutoSyncError({ code: 'usage', what: `AUTOSYNC_AWS_SECRET_ID is set, but ${what}.`, next });

function keysOf(environment: Environment): AwsKeys {
  const id = present(environment['AWS_ACCESS_KEY_ID']);
  const secret = present(environment['AWS_SECRET_ACCESS_KEY']);
  if (id !== null && secret !== null) return { id, secret, session: present(environment['AWS_SESSION_TOKEN']) };
  const missing = [
    ...(id === null ? ['AWS_ACCESS_KEY_ID'] : []),
    ...(secret === null ? ['AWS_SECRET_ACCESS_KEY'] : []),
  ];
  throw refuse(
    `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not`,
    'Set the credentials in the environment (profiles are not read), or unset AUTOSYNC_AWS_SECRET_ID.',
  );
}

function regionOf(environment: Environment): string {
  const region = present(environment['AWS_REGION']) ?? present(environment['AWS_DEFAULT_REGION']);
  const next = 'Set AWS_REGION to the region of the secret, for example eu-central-1.';
  if (region === null) throw refuse('no region is', next);
  if (!REGION.test(region)) throw refuse(`${JSON.stringify(sanitize(region, 60))} is no region`, next);
  return region;
}

const defaultEndpoint = (region: string): URL =>
  new URL(`https://secretsmanager.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);

/** An address with a user or a query is refused: it may hold a secret, and is not repeated in the message for that. */
function endpointOf(environment: Environment, region: string): URL {
  const names = ['AWS_ENDPOINT_URL_SECRETS_MANAGER', 'AWS_ENDPOINT_URL'];
  const name = names.find((one) => present(environment[one]) !== null);
  if (name === undefined) return defaultEndpoint(region);
  const named = present(environment[name]) ?? '';
  const url = URL.canParse(named) ? new URL(named) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url !== null && isSafe && `${url.username}${url.password}${url.search}${url.hash}` === '') return url;
  throw refuse(
    `the address in ${name} is not one that credentials may be sent to`,
    'Give an https:// address without user, query or fragment (http:// on this machine alone), or unset it.',
  );
}

/**
 * Where the secrets are kept beside the environment; null when `AUTOSYNC_AWS_SECRET_ID` is not set. Throws `usage`
 * when the region, the credentials or a safe endpoint are missing.
 */
export function awsPlace(environment: Environment): AwsPlace | null {
  const secret = present(environment['AUTOSYNC_AWS_SECRET_ID']);
  if (secret === null) return null;
  const region = regionOf(environment);
  return { secret, region, endpoint: endpointOf(environment, region), keys: keysOf(environment) };
}
