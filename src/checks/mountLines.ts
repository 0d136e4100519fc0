import type { HiddenPath } from './hiddenPaths.js';
import { shellWord } from './shellText.js';

/** Where a command runs and what it may write to. All paths are absolute and free of links. */
export interface SandboxPlaces {
  /** Where it runs. */
  readonly folder: string;
  /** The system's temporary folders: open to everybody anyway, and many a test suite names them outright. */
  readonly shared: readonly string[];
  /** What it may only read although it lies in a shared folder. */
  readonly closed: readonly string[];
  /** The folders of its own, with all below them. */
  readonly writable: readonly string[];
}

/** Options of a mount that a user namespace may not take away when it makes the mount read-only. */
const KEPT_OPTIONS = 'nosuid nodev noexec noatime nodiratime relatime';

/**
 * Shell lines that, run as the root of a user and mount namespace, leave nothing writable but the given folders
 * and cover what is private. Any step that fails ends the shell, so that nothing runs half protected.
 */
export function mountLines(places: SandboxPlaces, hidden: readonly HiddenPath[]): readonly string[] {
  return [
    'set -e',
    // The folder under test comes first in the search path, and `mount` must not be one of its programs.
    'outside=$PATH',
    'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
    ...places.shared.map((path) => `mount --rbind ${shellWord(path)} ${shellWord(path)}`),
    ...[...places.closed, ...places.writable].map((path) => `mount --bind ${shellWord(path)} ${shellWord(path)}`),
    ...readOnlyLines([...places.shared, ...places.writable]),
    ...hidden.map(coverLine),
    // Until now we stand in the folder as it was mounted before.
    `cd ${shellWord(places.folder)}`,
    'PATH=$outside',
    'unset OLDPWD outside',
    'set +e',
  ];
}

function readOnlyLines(writable: readonly string[]): readonly string[] {
  const kept = ['/proc', '/proc/*', '/dev', '/dev/*', '/sys/*', ...writable.map(shellWord)].join('|');
  return [
    'while read -r _ _ _ _ point options _; do',
    '  case $options in rw*) ;; *) continue ;; esac',
    '  case $point in *\\\\*) point=$(printf "$point") ;; esac',
    `  case $point in ${kept}) continue ;; esac`,
    '  flags=remount,bind,ro',
    `  for name in ${KEPT_OPTIONS}; do case ,$options, in *,$name,*) flags=$flags,$name ;; esac; done`,
    // A mount that another one covers cannot be reached, neither by us nor by a check.
    '  mount -o "$flags" "$point" 2>/dev/null || [ "$point" != / ]',
    'done </proc/self/mountinfo',
  ];
}

function coverLine({ path, isFolder }: HiddenPath): string {
  return isFolder
    ? `mount -t tmpfs -o ro,size=4k none ${shellWord(path)}`
    : `mount --bind /dev/null ${shellWord(path)}`;
}
