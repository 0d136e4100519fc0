import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a git command runs: our own bare repository, or the target (read, or landed into). */
export type GitPlace =
  | { readonly kind: 'quarantine'; readonly gitDir: string }
  | { readonly kind: 'worktree'; readonly gitDir: string; readonly folder: string }
  | { readonly kind: 'target'; readonly folder: string }
  | { readonly kind: 'nowhere' };

const HARDENED = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
  'protocol.file.allow=always',
  'credential.helper=',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'transfer.fsckObjects=true',
  'transfer.bundleURI=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'core.bigFileThreshold=5m',
  // Both the forecast and a later pick must answer alike, whatever the target's own settings are.
  'merge.renames=true',
  'merge.directoryRenames=conflict',
  'merge.conflictStyle=merge',
  'diff.renames=false',
  'diff.algorithm=default',
  'log.showSignature=false',
  'log.mailmap=false',
  'core.quotePath=false',
  'i18n.logOutputEncoding=UTF-8',
] as const;

/** Attributes of the user, which say for example which files a filter is for. */
const NO_ATTRIBUTES = `core.attributesFile=${devNull}`;

/**
 * Flags that make a git command deaf to hooks, helpers and foreign protocols (design: reliability, "git env").
 * `http` is allowed only when the caller says that the address is on this machine.
 */
export function hardenedFlags({
  place,
  allowHttp = false,
  asUser = false,
}: {
  readonly place: GitPlace;
  readonly allowHttp?: boolean;
  readonly asUser?: boolean;
}): readonly string[] {
  const more = [
    ...(asUser ? [] : [NO_ATTRIBUTES]),
    ...(allowHttp ? ['protocol.http.allow=always'] : []),
    ...(place.kind === 'target' ? [`safe.directory=${place.folder}`] : []),
  ];
  return [...HARDENED, ...more].flatMap((setting) => ['-c', setting]);
}

let emptyHome: string | undefined;

/** The folder for temporary files is everybody's: another user may have put one there first, or something in ours. */
function isOursAndEmpty(folder: string): boolean {
  const { uid } = lstatSync(folder);
  const isOurs = process.getuid === undefined || uid === process.getuid();
  return isOurs && lstatSync(folder).isDirectory() && readdirSync(folder).length === 0;
}

const home = (): string => {
  if (emptyHome === undefined) {
    const folder = join(realpathSync(tmpdir()), `autosync-home-${process.getuid?.() ?? 'user'}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    emptyHome = isOursAndEmpty(folder) ? folder : mkdtempSync(`${folder}-`);
  }
  return emptyHome;
};

/** Variables of the user that git or ssh cannot work without; none of them can name a program or hold a token. */
const INHERITED = ['PATH', 'SSH_AUTH_SOCK', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'PATHEXT', 'COMSPEC'] as const;

const taken = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/**
 * Variables without which nothing is reached from behind a proxy or a certificate authority of one's own. Plain HTTP is
 * for this machine alone and goes through no proxy.
 */
const OF_THE_NETWORK = [
  ...['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'],
];

/** What a command on the network is told beside the environment that every git process has. */
export const networkEnvironment = (): Readonly<Record<string, string>> => taken(OF_THE_NETWORK);

/** Where git finds nobody's settings. */
const noSettings = (): Readonly<Record<string, string>> => ({
  HOME: home(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: '1',
});

/** Variables that say where git finds the settings of the user and of the machine (git(1), "ENVIRONMENT VARIABLES"). */
const OF_THE_USER = [
  ...['XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM'],
  ...['GIT_CONFIG_NOSYSTEM', 'GIT_ATTR_NOSYSTEM'],
];

/**
 * Where git finds the settings of the user: files in the user's own folder are read and written as their git would, with
 * their line endings, filters and attributes. Hooks stay off.
 */
function userSettings(): Readonly<Record<string, string>> {
  const folder = process.env['HOME'] ?? process.env['USERPROFILE'];
  return { ...taken(OF_THE_USER), ...(folder === undefined ? {} : { HOME: folder }) };
}

/** The environment of every git process, built from scratch: nothing else of ours reaches it. */
export function gitEnvironment(
  place: GitPlace,
  more: Readonly<Record<string, string>> = {},
  asUser = false,
): Readonly<Record<string, string>> {
  return {
    ...taken(INHERITED),
    ...(asUser ? userSettings() : noSettings()),
    // Tells the process of a run that was killed from those of one that works.
    AUTOSYNC_PID: String(process.pid),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Nobody's repository is looked for above the empty folder: its settings could name a program.
    ...(place.kind === 'nowhere' ? { GIT_CEILING_DIRECTORIES: dirname(home()) } : {}),
    ...(place.kind === 'quarantine' ? { GIT_DIR: place.gitDir } : {}),
    ...(place.kind === 'worktree' ? { GIT_DIR: place.gitDir, GIT_WORK_TREE: place.folder } : {}),
    ...more,
  };
}

/** The folder a git process starts in. */
export function startFolder(place: GitPlace): string {
  switch (place.kind) {
    case 'quarantine':
      return place.gitDir;
    case 'worktree':
    case 'target':
      return place.folder;
    case 'nowhere':
      return home();
  }
}
