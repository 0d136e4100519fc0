import { expect, test } from 'vitest';
import { lockCommand } from '../../src/checks/lockCommand.js';

test.each([
  [
    'npm',
    [],
    /^npm install --package-lock-only --ignore-scripts .*--git=\/usr\/bin\/git --node-options= --script-shell=\/bin\/sh$/,
  ],
  [
    'pnpm',
    [],
    /manage_package_manager_versions=false .*pnpm install --lockfile-only .*--ignore-scripts --ignore-pnpmfile /,
  ],
  ['yarn', [], /^YARN_IGNORE_PATH=1 yarn install --ignore-scripts /],
  ['yarn', ['.yarnrc.yml'], /^YARN_IGNORE_PATH=1 YARN_RC_FILENAME=\S+ .*yarn install --mode=update-lockfile$/],
  ['bun', [], /^bun install --config=\/dev\/null --lockfile-only --ignore-scripts$/],
] as const)('%s makes its lockfile anew and runs no script (%j)', (program, names, command) => {
  expect(lockCommand({ program, git: '/usr/bin/git', names })).toMatch(command);
});
