import { AutoSyncError } from '../core/errors.js';
import { apiBeside } from '../core/forgeRepository.js';
import { sanitize } from '../core/sanitize.js';

/** Variables as a process was started with; nothing is read from elsewhere. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The token that reads siblings and the one origin it is for. */
export interface SourceSecret {
  readonly token: string;
  /** Scheme, host and port, compared exactly. */
  readonly origin: string;
}

const DEFAULT_ORIGIN = 'https://github.com';

/** A variable's value without blanks around it; null when it is not set or blank, as GitHub Actions sets what it lacks. */
export const present = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim();

/** An address may hold a password where a user stands; a message repeats none. */
const withoutUser = (address: string): string => address.replace(/^[^@]*@/, '');

/**
 * The token for reading siblings: `AUTOSYNC_SOURCE_TOKEN`, or `SOURCE_PAT`. It goes to one origin alone, GitHub unless
 * `AUTOSYNC_SOURCE_ORIGIN` names another, so that a new sibling in the configuration cannot ask for it. Throws `usage`
 * when what is named is no origin: nobody else is given a token that was meant for one.
 */
export function sourceSecret(environment: Environment): SourceSecret | null {
  const token = present(environment['AUTOSYNC_SOURCE_TOKEN']) ?? present(environment['SOURCE_PAT']);
  if (token === null) return null;
  const named = present(environment['AUTOSYNC_SOURCE_ORIGIN']) ?? DEFAULT_ORIGIN;
  const url = URL.canParse(named) ? new URL(named) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return { token, origin: url.origin };
  throw new AutoSyncError({
    code: 'usage',
    what: `AUTOSYNC_SOURCE_ORIGIN is ${JSON.stringify(sanitize(withoutUser(named), 100))}, which is no origin that a token can be sent to.`,
    next: 'Set it to scheme and host, for example https://git.example, or unset it when the token is for https://github.com.',
  });
}

/** The token that works on the target: `GITHUB_TOKEN`. It never reads a sibling. */
export function targetSecret(environment: Environment): string | null {
  return present(environment['GITHUB_TOKEN']);
}

/**
 * Where the target's forge is: GitHub, or the GitHub Enterprise Server that GitHub Actions names in `GITHUB_SERVER_URL`
 * and `GITHUB_API_URL`. A server without an address of its API has it beside itself: what is given its token is nobody else.
 */
export function forgeAddresses(environment: Environment): { readonly server: string; readonly api: string } {
  const named = present(environment['GITHUB_SERVER_URL']) ?? DEFAULT_ORIGIN;
  const server = new URL(URL.canParse(named) ? named : DEFAULT_ORIGIN);
  return { server: server.origin, api: present(environment['GITHUB_API_URL']) ?? apiBeside(server) };
}

/** Secrets by name, wherever they are kept. */
export const STORED_SECRETS: readonly string[] = [
  'AUTOSYNC_SOURCE_TOKEN',
  'SOURCE_PAT',
  'GITHUB_TOKEN',
  'AUTOSYNC_SLACK_WEBHOOK',
  'AUTOSYNC_SMTP_URL',
  'AUTOSYNC_DRIVE_CREDENTIALS',
  'AUTOSYNC_GATEWAY_TOKEN',
];

/** Every variable that is a secret: those, and what opens the place where they are kept. */
export const SECRET_NAMES: readonly string[] = [
  ...STORED_SECRETS,
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
];

/** Every secret the environment holds, for the redactor. */
export function knownSecrets(environment: Environment): readonly string[] {
  return SECRET_NAMES.flatMap((name) => present(environment[name]) ?? []);
}
