import { assertNever } from '../core/errors.js';
import type { LockProgram } from '../core/lockfiles.js';
import { npmFlags } from './installCommand.js';

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
 * cache holds is not asked for again. Nothing of the project runs (design: reliability, T8). Yarn 1 knows no way
 * without an install.
 */
export function lockCommand({ program, git, names }: LockFacts): string {
  switch (program) {
    case 'npm':
      return `npm install --package-lock-only ${npmFlags(git)}`;
    case 'pnpm':
      return 'pnpm install --lockfile-only --no-frozen-lockfile --ignore-scripts --ignore-pnpmfile --prefer-offline';
    case 'yarn':
      return names.includes('.yarnrc.yml')
        ? 'YARN_IGNORE_PATH=1 YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn install --mode=update-lockfile'
        : 'YARN_IGNORE_PATH=1 yarn install --ignore-scripts --non-interactive --prefer-offline --no-default-rc';
    case 'bun':
      return 'bun install --lockfile-only --ignore-scripts';
    default:
      return assertNever(program);
  }
}
