import { assertNever } from '../core/errors.js';
import type { ChosenManager } from './packageManager.js';

/** What an install command line follows from. */
export interface InstallFacts extends ChosenManager {
  /** Absolute path of the git program; null when there is none. */
  readonly git: string | null;
  /** Names of the files in the root. */
  readonly names: readonly string[];
}

/**
 * Command line that installs exactly the locked dependencies and runs nothing of the project.
 *
 * The flags of npm are all needed: a project's `.npmrc` may name a `git`, a `script-shell` or
 * `node-options` of its own, which npm would start even with `--ignore-scripts` (design: reliability, T8).
 */
export function installCommand(facts: InstallFacts): string {
  switch (facts.manager.name) {
    case 'npm':
      return `npm ${facts.lockfile === null ? 'install --no-package-lock' : 'ci'} ${npmFlags(facts.git)}`;
    case 'pnpm':
      return 'pnpm install --frozen-lockfile --ignore-scripts --ignore-pnpmfile --prefer-offline';
    case 'yarn':
      return facts.names.includes('.yarnrc.yml')
        ? 'YARN_IGNORE_PATH=1 yarn install --immutable --mode=skip-build'
        : 'YARN_IGNORE_PATH=1 yarn install --frozen-lockfile --ignore-scripts --non-interactive --prefer-offline --no-default-rc';
    case 'bun':
      return 'bun install --frozen-lockfile --ignore-scripts';
    default:
      return assertNever(facts.manager.name);
  }
}

/** What keeps npm from running anything of the project, whatever its `.npmrc` says. */
export function npmFlags(git: string | null): string {
  return [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    `--git=${quoted(git ?? '/bin/false')}`,
    '--node-options=',
    '--script-shell=/bin/sh',
  ].join(' ');
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
