import { assertNever } from '../core/errors.js';
import type { ChosenManager } from './packageManager.js';
import { shellWord } from './shellText.js';

/** What an install command line follows from. */
export interface InstallFacts extends Pick<ChosenManager, 'manager' | 'lockfile'> {
  /** Absolute path of the git program; null when there is none. */
  readonly git: string | null;
  /** True: install scripts of the project and of its dependencies run. */
  readonly scripts: boolean;
}

/** Where Yarn 2 and later looks for settings in a home folder. */
export const YARN_SETTINGS = '.yarnrc.yml';

/**
 * The settings that Yarn 2 and later reads in a project instead of its `.yarnrc.yml`, which may name plugins and another
 * Yarn: programs of the project. A name that no commit can know, so there are none. Yarn has to be able to write them:
 * it does, for a lockfile that an older one made.
 */
const withoutSettings = (command: string): string =>
  `own=$(mktemp -u .yarnrc-XXXXXXXXXXXXXXXX) && YARN_RC_FILENAME=$own ${command}; end=$?; rm -f "$own"; exit $end`;

/**
 * Command line that installs exactly the locked dependencies and runs nothing of the project, unless its install scripts
 * are wanted; even then no program that a settings file names.
 *
 * The flags are all needed: a project's `.npmrc` may name a `git`, a `script-shell` or `node-options` of its own, which
 * npm would start even with `--ignore-scripts` (design: reliability, T8); `.yarnrc` and `.yarnrc.yml` may name another
 * Yarn and plugins, `.pnpmfile.cjs` is a program, and so is what `bunfig.toml` names under `preload` and `scanner`.
 */
export function installCommand(facts: InstallFacts): string {
  const { manager, lockfile } = facts;
  switch (manager.name) {
    case 'npm':
      return words('npm', lockfile === null ? 'install --no-package-lock' : 'ci', ...npmFlags(facts));
    case 'pnpm':
      return words(
        'pnpm install',
        lockfile === null ? '--no-lockfile' : '--frozen-lockfile',
        ...without(facts, '--ignore-scripts'),
        '--ignore-pnpmfile --config.script-shell=/bin/sh --config.node-options= --prefer-offline',
      );
    case 'yarn':
      return words(
        'YARN_IGNORE_PATH=1 yarn install',
        lockfile === null ? '--no-lockfile' : '--frozen-lockfile',
        ...without(facts, '--ignore-scripts'),
        '--non-interactive --prefer-offline --no-default-rc',
      );
    case 'yarn-berry':
      return withoutSettings(
        words(
          // A cache inside the project: one in the home folder is gone after the install, and Plug'n'Play reads from it.
          `YARN_IGNORE_PATH=1 YARN_ENABLE_SCRIPTS=${facts.scripts} YARN_ENABLE_GLOBAL_CACHE=false yarn install`,
          lockfile === null ? '--no-immutable' : '--immutable',
          ...without(facts, '--mode=skip-build'),
        ),
      );
    case 'bun':
      return words(
        'bun install --config=/dev/null',
        lockfile === null ? '--no-save' : '--frozen-lockfile',
        ...without(facts, '--ignore-scripts'),
      );
    default:
      return assertNever(manager.name);
  }
}

/** What keeps npm from starting anything that a project names, whatever its `.npmrc` says. */
export function npmFlags(facts: Pick<InstallFacts, 'git' | 'scripts'>): readonly string[] {
  const git = `--git=${shellWord(facts.git ?? '/bin/false')}`;
  const common = ['--no-audit', '--no-fund', '--prefer-offline', git, '--node-options=', '--script-shell=/bin/sh'];
  return [...without(facts, '--ignore-scripts'), ...common];
}

/** The flag that keeps install scripts from running; none when they are wanted. */
function without({ scripts }: Pick<InstallFacts, 'scripts'>, flag: string): readonly string[] {
  return scripts ? [] : [flag];
}

function words(...parts: readonly string[]): string {
  return parts.join(' ');
}
