import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editorFolder, type Host } from './places.js';

/** The extensions of VS Code itself that tests need; fewer start faster. */
const BUILT_IN = [
  'configuration-editing',
  'git',
  'git-base',
  'github-authentication',
  'json',
  'json-language-features',
  'theme-defaults',
  'theme-seti',
];

/** A window that shows nothing of its own accord and asks nothing of the network. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'files.hotExit': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.gpuAcceleration': 'off',
  // A webview that takes the focus would close the palette.
  'workbench.quickOpen.closeOnFocusLost': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** The folders a server works in; all of them are below one temporary folder. */
export interface ServerFolder {
  readonly root: string;
  readonly data: string;
  readonly extensions: string;
  readonly builtIn: string;
  readonly home: string;
  /** For sockets and whatever else the server leaves behind. */
  readonly temporary: string;
  /** What the server printed. */
  readonly log: string;
}

const link = (to: string, at: string): void => {
  try {
    symlinkSync(to, at, 'dir');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
};

/** A key of the user's own, and what it runs. */
export interface KeyBinding {
  readonly key: string;
  readonly command: string;
  readonly args?: unknown;
}

/** What the user of a server chose. */
export interface Choices {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keys?: readonly KeyBinding[];
  /** Folders of extensions that stand in for built-in ones of these names. */
  readonly standIns?: Readonly<Record<string, string>>;
}

/** Makes the folders of a server with what the user chose in place. */
export function makeServerFolder(host: Host, { settings, keys = [], standIns = {} }: Choices): ServerFolder {
  const editor = editorFolder(host);
  // VS Code imports packages from beside itself; ours are installed beside code-server.
  link('../../..', join(editor, 'node_modules'));
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'autosync-host-')));
  const at = (name: string): string => join(root, name);
  const folder = { root, data: at('data'), extensions: at('extensions'), builtIn: at('built-in'), home: at('home') };
  for (const path of [join(folder.data, 'User'), folder.extensions, folder.builtIn, folder.home, at('tmp')])
    mkdirSync(path, { recursive: true });
  for (const name of BUILT_IN) link(standIns[name] ?? join(editor, 'extensions', name), join(folder.builtIn, name));
  writeFileSync(join(folder.data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  writeFileSync(join(folder.data, 'User/keybindings.json'), JSON.stringify(keys));
  return { ...folder, temporary: at('tmp'), log: at('server.log') };
}

/** Removes all that a server left. */
export function removeServerFolder(folder: ServerFolder): void {
  rmSync(folder.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** The logs of all extension hosts of a server, oldest first, as one text. */
export function extensionHostLog({ data }: ServerFolder): string {
  const logs = join(data, 'logs');
  if (!existsSync(logs)) return '';
  const files = readdirSync(logs, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('remoteexthost.log'))
    .sort()
    .map((file) => readFileSync(join(logs, file), 'utf8'))
    .join('\n');
}
