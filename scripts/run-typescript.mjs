// Bundles one TypeScript file and runs it: node scripts/run-typescript.mjs FILE [ARGUMENT ...]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const [entry, ...rest] = process.argv.slice(2);
const folder = join(root, 'dist', 'run');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${basename(entry, '.ts')}.mjs`);
await build({
  entryPoints: [resolve(root, entry)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
// The pinned Node, whatever runs this script.
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const run = spawnSync(node, ['--enable-source-maps', outfile, ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
});
process.exit(run.status ?? 1);
