import { assertNever } from '../core/errors.js';
import type { LockProgram } from '../core/lockfiles.js';
import { npmFlags, YARN_SETTINGS } from './installCommand.js';

/** What a command line that makes a lockfile anew follows from. */
export interface LockFacts {
  readonly program: LockProgram;
  /** Absolute path of the git program; null when there is none. */
  readonly git: string | null;
  /** Names of the files in the lockfile's folder. */
  readonly names: readonly string[];
}

/**
 * Command line that brings a lockfile in line with the manifests: what it locks already stays, and what the package
 * cache holds is not asked for again. Nothing of the project runs, and no program that its settings name (design:
 * reliability, T8; `installCommand` says why). Yarn 1 knows no way without an install.
 */
export function lockCommand({ program, git, names }: LockFacts): string {
  switch (program) {
    case 'npm':
      return ['npm install --package-lock-only', ...npmFlags({ git, scripts: false })].join(' ');
    case 'pnpm':
      return `npm_config_manage_package_manager_versions=false pnpm_config_pm_on_fail=ignore pnpm install --lockfile-only --no-frozen-lockfile --ignore-scripts --ignore-pnpmfile --config.script-shell=/bin/sh --config.node-options= --prefer-offline`;
    case 'yarn':
      return isBerry(names)
        ? `YARN_IGNORE_PATH=1 YARN_RC_FILENAME=${YARN_SETTINGS} YARN_ENABLE_SCRIPTS=false YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn install --mode=update-lockfile`
        : 'YARN_IGNORE_PATH=1 yarn install --ignore-scripts --non-interactive --prefer-offline --no-default-rc';
    case 'bun':
      return 'bun install --config=/dev/null --lockfile-only --ignore-scripts';
    default:
      return assertNever(program);
  }
}

/** True for Yarn 2 and later, whose settings stand in a file of their own. */
export const isBerry = (names: readonly string[]): boolean => names.includes('.yarnrc.yml');
