import { expect, test } from 'vitest';
import { lockCommand } from '../../src/checks/lockCommand.js';

test.each([
  [
    'npm',
    false,
    /^npm install --package-lock-only --ignore-scripts .*--git=\/usr\/bin\/git --node-options= --script-shell=\/bin\/sh$/,
  ],
  [
    'pnpm',
    false,
    /manage_package_manager_versions=false .*pnpm install --lockfile-only .*--ignore-scripts --ignore-pnpmfile /,
  ],
  ['yarn', false, /^YARN_IGNORE_PATH=1 YARN_RC_FILENAME=none\.yml yarn install --ignore-scripts /],
  ['yarn', true, /^YARN_IGNORE_PATH=1 YARN_RC_FILENAME=none\.yml .*yarn install --mode=update-lockfile$/],
  ['bun', false, /^bun install --config=\/dev\/null --lockfile-only --ignore-scripts$/],
] as const)('%s makes its lockfile anew and runs no script (later Yarn: %j)', (program, berry, command) => {
  expect(lockCommand({ program, git: '/usr/bin/git', berry, settings: 'none.yml' })).toMatch(command);
});
