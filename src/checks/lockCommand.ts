import { assertNever } from '../core/errors.js';
import type { LockProgram } from '../core/lockfiles.js';
import { npmFlags } from './installCommand.js';

/** What a command line that makes a lockfile anew follows from. */
export interface LockFacts {
  readonly program: LockProgram;
  /** Absolute path of the git program; null when there is none. */
  readonly git: string | null;
  /** True for Yarn 2 and later. */
  readonly berry: boolean;
  /**
   * Name by which Yarn 2 and later looks for settings in the project: one that no commit can know, so there are none.
   * Yarn may write there what its newer version changes.
   */
  readonly settings: string;
}

/**
 * Command line that brings a lockfile in line with the manifests: what it locks already stays, and what the package
 * cache holds is not asked for again. Nothing of the project runs, and no program that its settings name (design:
 * reliability, T8; `installCommand` says why). Yarn 1 knows no way without an install.
 */
export function lockCommand({ program, git, berry, settings }: LockFacts): string {
  const yarn = `YARN_IGNORE_PATH=1 YARN_RC_FILENAME=${settings}`;
  switch (program) {
    case 'npm':
      return ['npm install --package-lock-only', ...npmFlags({ git, scripts: false })].join(' ');
    case 'pnpm':
      return `npm_config_manage_package_manager_versions=false pnpm_config_pm_on_fail=ignore pnpm install --lockfile-only --no-frozen-lockfile --ignore-scripts --ignore-pnpmfile --config.script-shell=/bin/sh --config.node-options= --prefer-offline`;
    case 'yarn':
      // Whichever Yarn it is that starts: a later one would read the settings of the folders above the lockfile's too.
      return berry
        ? `${yarn} YARN_ENABLE_SCRIPTS=false YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn install --mode=update-lockfile`
        : `${yarn} yarn install --ignore-scripts --non-interactive --prefer-offline --no-default-rc`;
    case 'bun':
      return 'bun install --config=/dev/null --lockfile-only --ignore-scripts';
    default:
      return assertNever(program);
  }
}
