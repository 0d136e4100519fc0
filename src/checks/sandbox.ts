import { assertNever } from '../core/errors.js';
import { hiddenPaths } from './hiddenPaths.js';
import { limitLines } from './limits.js';
import { mountLines, type SandboxPlaces } from './mountLines.js';
import { shellWord } from './shellText.js';

/** How foreign commands are kept apart. Programs are absolute paths: the folder under test decides over the search path. */
export type Isolation =
  | { readonly kind: 'bwrap'; readonly program: string }
  | { readonly kind: 'unshare'; readonly program: string; readonly setpriv: string | null }
  | { readonly kind: 'group' };

/** A program and its arguments, to be started without a shell. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * How to start a command line under an isolation.
 *
 * With `bwrap` and `unshare` it has process ids, `/proc` and mounts of its own: it cannot see our process, everything
 * it leaves running dies with it, and it can write nowhere but where it may (design: reliability T8, T9). The network
 * stays: test suites and installs use it.
 */
export function sandboxed(isolation: Isolation, places: SandboxPlaces, command: string): Invocation {
  switch (isolation.kind) {
    case 'bwrap':
      return { program: isolation.program, args: [...bwrapArguments(places), ...shell(startLines(true), command)] };
    case 'unshare':
      return withUnshare(isolation, places, command);
    case 'group': {
      const [program, ...args] = shell(startLines(false), command);
      return { program, args };
    }
    default:
      return assertNever(isolation);
  }
}

/**
 * A shell of ours stays between us and the command, so that `kill -9 $PPID` hits that shell. It says on descriptor 3
 * that the isolation stands, and outlives a request to end, so that the command may end in its own way.
 */
function startLines(counted: boolean): readonly string[] {
  return ['exec 2>&1', 'trap : TERM INT HUP', ...limitLines(counted), '{ echo started >&3; exec 3>&-; } 2>/dev/null'];
}

function shell(lines: readonly string[], command: string): readonly [string, ...string[]] {
  const script = [...lines, '/bin/sh -c "$1"', 'exit $?'].join('\n');
  return ['/bin/sh', '-c', script, 'sh', command];
}

function bwrapArguments({ folder, shared, closed, writable }: SandboxPlaces): readonly string[] {
  const bind = (how: string, paths: readonly string[]) => paths.flatMap((path) => [how, path, path]);
  return [
    ...['--die-with-parent', '--unshare-user', '--unshare-pid', '--unshare-ipc', '--cap-drop', 'ALL'],
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...[...bind('--bind', shared), ...bind('--ro-bind', closed), ...bind('--bind', writable)],
    ...hiddenPaths().flatMap(({ path, isFolder }) =>
      isFolder ? ['--tmpfs', path, '--remount-ro', path] : ['--ro-bind', '/dev/null', path],
    ),
    ...['--chdir', folder, '--'],
  ];
}

/**
 * The outer namespace makes the mounts as a root of its own; the inner one gives the user's ids back and takes every
 * right over those mounts away.
 */
function withUnshare(
  { program, setpriv }: Extract<Isolation, { kind: 'unshare' }>,
  places: SandboxPlaces,
  command: string,
): Invocation {
  const ids = [`--map-user=${process.getuid?.() ?? 0}`, `--map-group=${process.getgid?.() ?? 0}`];
  const inner = [program, '--user', ...ids, '--', ...shell(startLines(true), command)];
  const script = [...mountLines(places, hiddenPaths()), `exec ${inner.map(shellWord).join(' ')}`].join('\n');
  const outer = ['--user', '--map-root-user', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child'];
  const args = [...outer, '--', '/bin/sh', '-c', script];
  // Without it, checks would outlive a run that is killed.
  return setpriv === null ? { program, args } : { program: setpriv, args: ['--pdeathsig', 'KILL', program, ...args] };
}
