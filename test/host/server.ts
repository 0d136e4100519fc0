import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { editorFolder, type Host, nodeOf } from './places.js';
import {
  extensionHostLog,
  type KeyBinding,
  makeServerFolder,
  removeServerFolder,
  type ServerFolder,
} from './serverFolder.js';

/** Milliseconds in which a server must answer, and in which it must end. */
const [STARTS_WITHIN, ENDS_WITHIN] = [30_000, 3_000];

/** How a server differs from the usual one. */
export interface ServerOptions {
  readonly host: Host;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keys?: readonly KeyBinding[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A packaged extension that is installed before the server starts. */
  readonly vsix?: string;
  /** Folder of extensions that `installed` made; default: a new one without any. */
  readonly extensions?: string;
  /** Lets a window run an extension from its folder, and tests inside the extension host; hides notifications. */
  readonly isDriven?: boolean;
  /** Folders of extensions that stand in for built-in ones of these names. */
  readonly standIns?: Readonly<Record<string, string>>;
  /** When true a folder is restricted until a person trusts it. Default: everything is trusted. */
  readonly asksForTrust?: boolean;
}

/** A running VS Code, as a server on this machine. */
export interface Server {
  readonly port: number;
  readonly folder: ServerFolder;
  /** Settled when the process is gone. */
  readonly gone: Promise<void>;
  extensionHostLog(): string;
  /** Ends every process of the server and removes its folders. */
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const isUp = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/version`).then(
    ({ ok }) => ok,
    () => false,
  );

const placesOf = (host: Host, { data, extensions }: ServerFolder): readonly string[] => [
  join(editorFolder(host), 'out/server-main.js'),
  ...['--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', extensions],
];

/** The search path stays; nothing else of the person who runs the tests reaches the editor, nor does a gallery. */
const environmentOf = ({ home, temporary }: ServerFolder, more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  LANG: 'C.UTF-8',
  HOME: home,
  TMPDIR: temporary,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  ...more,
});

const endGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All of its processes are gone already.
  }
};

function install(host: Host, folder: ServerFolder, vsix: string): void {
  if (!existsSync(vsix)) throw new Error(`${vsix} does not exist: npm run package builds it.`);
  execFileSync(nodeOf(host), [...placesOf(host, folder), '--install-extension', vsix], {
    env: environmentOf(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Installs a packaged extension as a person does, once for many servers. `remove` takes its folder away again. */
export function installed(host: Host, vsix: string): { readonly extensions: string; readonly remove: () => void } {
  const folder = makeServerFolder(host, {});
  install(host, folder, vsix);
  return { extensions: folder.extensions, remove: () => removeServerFolder(folder) };
}

function launch(options: ServerOptions, folder: ServerFolder, port: number): ChildProcess {
  const flags = [
    ...['--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token', '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--builtin-extensions-dir', folder.builtIn],
    ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
    ...(options.isDriven ? ['--enable-smoke-test-driver'] : []),
  ];
  const log = openSync(folder.log, 'a');
  const child = spawn(nodeOf(options.host), [...placesOf(options.host, folder), ...flags], {
    detached: true, // a group of its own, so that none of its processes outlives a test
    stdio: ['ignore', log, log],
    env: environmentOf(folder, options.environment),
  });
  closeSync(log);
  return child;
}

async function untilUp(child: ChildProcess, port: number, { log }: ServerFolder): Promise<void> {
  for (const end = Date.now() + STARTS_WITHIN; !(await isUp(port)); await sleep(50))
    if (child.exitCode !== null || Date.now() > end)
      throw new Error(`VS Code did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

/** Starts a real VS Code. Throws when it is not installed or does not come up. */
export async function startServer(options: ServerOptions): Promise<Server> {
  if (!existsSync(nodeOf(options.host)))
    throw new Error(
      `The ${options.host} VS Code is not installed. Run npm run test:host: it installs what is missing.`,
    );
  const made = makeServerFolder(options.host, options);
  const folder = { ...made, extensions: options.extensions ?? made.extensions };
  if (options.vsix !== undefined) install(options.host, folder, options.vsix);
  const port = await freePort();
  const child = launch(options, folder, port);
  const gone = new Promise<void>((settled) => child.once('exit', () => settled()));
  const atOurEnd = (): void => {
    endGroup(child, 'SIGKILL');
    removeServerFolder(folder);
  };
  process.once('exit', atOurEnd);
  const stop = async (): Promise<void> => {
    endGroup(child, 'SIGTERM');
    await Promise.race([gone, sleep(ENDS_WITHIN)]);
    endGroup(child, 'SIGKILL');
    process.off('exit', atOurEnd);
    removeServerFolder(folder);
  };
  try {
    await untilUp(child, port, folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, gone, extensionHostLog: () => extensionHostLog(folder), stop };
}
