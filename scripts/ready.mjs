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

/** Installs a folder by its lockfile when what is installed is not that of the lockfile. What npm prints goes to stderr. */
function installFolder(folder, flags) {
  const installed = join(folder, 'node_modules');
  const marker = join(installed, '.autosync-lockfile');
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  say(`Installing packages (npm ci) in ${folder} ...`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...flags], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0)
    throw new Error(
      'The packages could not be installed. Check the network and the registry that npm uses, then run this again.',
    );
  writeFileSync(marker, wanted);
}

/** Installs what the project is built and tested with; ends the program when that fails. */
export function install() {
  try {
    installFolder(root, []);
    if (!existsSync(node))
      throw new Error('The package `node` brought no Node: npm must be allowed to run its script.');
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}

/** Installs the real VS Codes that tests run in. Throws when they cannot run here. */
export function installHosts() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The VS Codes that tests run in are for Linux on x64. Elsewhere: npm run test:host -- --desktop');
  // Their install scripts would compile what the tests replace.
  for (const host of ['floor', 'current']) installFolder(join(root, 'test', 'host', host), ['--ignore-scripts']);
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

const foundBrowser = () => [process.env.CHROMIUM, ...BROWSERS].find((path) => path && existsSync(path));

/** Names the browser that shows the editor's windows; installs it where that is possible. Throws when there is none. */
export function findBrowser() {
  if (!foundBrowser() && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('Installing Chromium (apt-get) ...');
    const run = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2] });
    run('update', '-qq');
    run('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation');
  }
  const browser = foundBrowser();
  if (!browser)
    throw new Error(
      'The tests show the editor in Chromium, which is not here. Run apt-get install chromium, or name one: CHROMIUM=PATH.',
    );
  environment.CHROMIUM = browser;
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

/** Packages the extension as people install it, when it is older than what it is made of. */
export function pack() {
  build();
  const packed = join(root, 'dist', 'autosync.vsix');
  const parts = ['dist/webview.js', 'package.json', 'README.md', 'CHANGELOG.md', '.vscodeignore', 'media'];
  if (existsSync(packed) && statSync(packed).mtimeMs > Math.max(...parts.map((name) => newest(join(root, name)))))
    return;
  say('Packaging the extension ...');
  const vsce = join(bin, process.platform === 'win32' ? 'vsce.cmd' : 'vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const args = ['package', ...flags, '--out', packed];
  execFileSync(vsce, args, { cwd: root, stdio: ['ignore', 2, 2], env: environment });
}
