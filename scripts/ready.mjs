// Installs and builds what is missing, so that `npm run demo` and `npm test` work on a fresh clone.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');

/** The Node that is pinned as a dev dependency, whatever the system has. */
export const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The environment in which everything of ours runs: the pinned Node and the project's own tools come first. */
export const environment = {
  ...process.env,
  PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
};

const say = (text) => process.stderr.write(`${text}\n`);

/** Installs by lockfile when the installed packages are not those of the lockfile. What npm prints goes to stderr. */
export function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const marker = join(modules, '.autosync-lockfile');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted && existsSync(node)) return;
  say('Installing packages (npm ci) ...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0 || !existsSync(node)) {
    say('The packages could not be installed. Check the network and the registry that npm uses, then run this again.');
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : statSync(path).mtimeMs;

/** Builds the bundles when a source is newer than they are. */
export function build() {
  const built = join(root, 'dist', 'webview.js');
  const sources = ['src', 'webview', 'scripts', 'package-lock.json'].map((name) => newest(join(root, name)));
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return;
  say('Building ...');
  execFileSync(node, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2], env: environment });
}
