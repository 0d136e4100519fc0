/** Variables as a process was started with; nothing is read from elsewhere. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The token that reads siblings and the one origin it is for. */
export interface SourceSecret {
  readonly token: string;
  /** Scheme, host and port, compared exactly. */
  readonly origin: string;
}

const DEFAULT_ORIGIN = 'https://github.com';

const present = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim();

/**
 * The token for reading siblings: `AUTOSYNC_SOURCE_TOKEN`, or `SOURCE_PAT`. It goes to one origin alone, GitHub unless
 * `AUTOSYNC_SOURCE_ORIGIN` names another, so that a new sibling in the configuration cannot ask for it.
 */
export function sourceSecret(environment: Environment): SourceSecret | null {
  const token = present(environment['AUTOSYNC_SOURCE_TOKEN']) ?? present(environment['SOURCE_PAT']);
  if (token === null) return null;
  const named = present(environment['AUTOSYNC_SOURCE_ORIGIN']) ?? DEFAULT_ORIGIN;
  return { token, origin: URL.canParse(named) ? new URL(named).origin : DEFAULT_ORIGIN };
}

const NAMES = [
  'AUTOSYNC_SOURCE_TOKEN',
  'SOURCE_PAT',
  'GITHUB_TOKEN',
  'AUTOSYNC_SLACK_WEBHOOK',
  'AUTOSYNC_SMTP_URL',
  'AUTOSYNC_DRIVE_CREDENTIALS',
  'AUTOSYNC_GATEWAY_TOKEN',
] as const;

/** Every secret the environment holds, for the redactor. */
export function knownSecrets(environment: Environment): readonly string[] {
  return NAMES.flatMap((name) => present(environment[name]) ?? []);
}
