import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path that exists and is covered for what runs inside. */
export interface HiddenPath {
  readonly path: string;
  readonly isFolder: boolean;
}

/** Below the user's home: what holds keys and logins. A check of the target's own has no business there. */
const PRIVATE = [
  ...['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.config/gh', '.config/gcloud', '.config/git'],
  ...['.npmrc', '.yarnrc.yml', '.netrc', '.git-credentials', '.gitconfig', '.pypirc', '.pgpass', '.my.cnf'],
  ...['.cargo/credentials', '.cargo/credentials.toml', '.gem/credentials', '.m2/settings.xml', '.terraform.d'],
  ...['.local/share/keyrings', '.config/autosync', '.bash_history', '.zsh_history'],
];

/** Sockets of services that would run something outside for whoever asks. */
const SERVICES = [
  '/tmp/.X11-unix',
  `/tmp/tmux-${process.getuid?.() ?? 0}`,
  '/run/user',
  '/run/dbus',
  '/run/docker.sock',
  '/run/podman',
  '/run/containerd',
];

/** What of the user's secrets and services exists here, with links resolved. */
export function hiddenPaths(): readonly HiddenPath[] {
  const paths = [...PRIVATE.map((name) => join(homedir(), name)), ...SERVICES];
  const real = paths.filter((path) => existsSync(path)).map((path) => realpathSync(path));
  return [...new Set(real)].map((path) => ({ path, isFolder: statSync(path).isDirectory() }));
}
