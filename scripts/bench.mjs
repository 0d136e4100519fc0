// npm run bench [-- ...]: makes what is measured, the packaged extension too, and measures (test/bench/bench.ts).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, findBrowser, install, installHosts, node, pack, root } from './ready.mjs';

install();
try {
  pack();
  installHosts();
  findBrowser();
} catch (error) {
  process.stderr.write(`Nothing is measured in the editor: ${error.message}\n`);
}
const script = join(root, 'scripts', 'run-typescript.mjs');
const run = spawnSync(node, [script, 'test/bench/bench.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment,
});
process.exit(run.status ?? 1);
