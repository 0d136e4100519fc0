// npm run demo [-- --json] [-- --folder DIR]: the main job on an embedded family of repositories.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, environment, install, node, root } from './ready.mjs';

install();
build();
const run = spawnSync(node, [join(root, 'dist', 'cli.cjs'), 'demo', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment,
});
process.exit(run.status ?? 1);
