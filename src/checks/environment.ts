import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/** Variables of our own process, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Folders that belong to one process alone. */
export interface OwnFolders {
  /** Empty at the start; stands in for the user's home. */
  readonly home: string;
  readonly temporary: string;
}

/** Without these, programs do not start on Windows; none of them is a secret. */
const WINDOWS = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'windir', 'NUMBER_OF_PROCESSORS'];

/**
 * Everything a check may see. Built from nothing by an allow-list, so that no token of ours can be in it
 * (design: product, promise 4).
 */
export function checkEnvironment(variables: Variables, folder: string, own: OwnFolders): Record<string, string> {
  const path = [join(folder, 'node_modules', '.bin'), safePath(variables)]
    .filter((part) => part !== '')
    .join(delimiter);
  return { ...bareEnvironment(variables, own), PATH: path };
}

/** Keeps pnpm from bringing and starting the version that package.json names; npm would complain of these, so only pnpm gets them. */
const PNPM = { npm_config_manage_package_manager_versions: 'false', pnpm_config_pm_on_fail: 'ignore' };

/**
 * What a command needs besides the environment of every check. Corepack, which may stand in for pnpm and Yarn, starts
 * what it has on this machine and downloads nothing.
 */
export function managerEnvironment(command: string, variables: Variables): Readonly<Record<string, string>> {
  if (!/\b(?:pnpm|yarn)\b/.test(command)) return {};
  const corepack = variables.COREPACK_HOME ?? join(homedir(), '.cache', 'node', 'corepack');
  const local = { COREPACK_HOME: corepack, COREPACK_ENABLE_NETWORK: '0' };
  return /\bpnpm\b/.test(command) ? { ...local, ...PNPM } : local;
}

/** What it takes to reach a registry from behind a proxy, or with a certificate authority of one's own. */
const OF_THE_NETWORK = [
  ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
];

// A password in an address stays with us: what is installed may run, where a person allowed that.
const hasPassword = (value: string): boolean => /^(?:[\w+.-]+:\/\/)?[^/]*@/.test(value);

function networkOf(variables: Variables): Record<string, string> {
  const known = OF_THE_NETWORK.flatMap((name) => {
    const value = variables[name];
    return value === undefined || hasPassword(value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

/**
 * Everything an install may see: a check's environment without the folder's own programs, the way to the registry, and
 * the user's npm cache, which checks never get to see.
 */
export function installEnvironment(variables: Variables, npmCache: string, own: OwnFolders): Record<string, string> {
  const npm = { npm_config_cache: npmCache, npm_config_update_notifier: 'false', npm_config_logs_max: '0' };
  return { ...bareEnvironment(variables, own), ...networkOf(variables), ...npm, PATH: safePath(variables) };
}

/** The search path without relative entries: they would be read from the folder under test. */
export function safePath(variables: Variables): string {
  const path = variables.PATH ?? variables.Path ?? '';
  return path.split(delimiter).filter(isAbsolute).join(delimiter);
}

function bareEnvironment(variables: Variables, { home, temporary }: OwnFolders): Record<string, string> {
  const needed = WINDOWS.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]]));
  return {
    ...Object.fromEntries(needed),
    ...(needed.length > 0
      ? { USERPROFILE: home, APPDATA: home, LOCALAPPDATA: home, TEMP: temporary, TMP: temporary }
      : {}),
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    CI: 'true',
    NO_COLOR: '1',
    TERM: 'dumb',
    // Many tools tell their makers that they ran (consoledonottrack.com).
    DO_NOT_TRACK: '1',
  };
}
