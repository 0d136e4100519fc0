import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SiblingConfig } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import { checkBranchName, checkFolder, checkRemoteUrl } from '../core/safeInput.js';
import type { Remote } from './lsRemote.js';

/** The token that reads siblings, and the one origin it may be sent to. */
export interface SourceToken {
  readonly token: string;
  /** For example `https://github.com`; compared exactly, never by prefix. */
  readonly origin: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The token as git is told it: a header for one exact origin, in the child's environment, so that it is in no argv, no
 * URL and no configuration file (design: reliability, T10, T11).
 */
export function tokenEnvironment(address: string, source: SourceToken | null): Readonly<Record<string, string>> {
  if (source === null || !URL.canParse(address)) return {};
  const { origin, protocol } = new URL(address);
  if (!protocol.startsWith('http') || origin !== source.origin) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${source.token}`).toString('base64')}`,
  };
}

async function folderAddress(root: string, sibling: SiblingConfig, path: string): Promise<string> {
  const folder = resolve(root, checkFolder(path));
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return realpath(folder);
  throw new AutoSyncError({
    code: 'sibling-refused',
    sibling: sibling.name,
    why: `the folder ${folder} does not exist`,
    isFolder: true,
  });
}

/** Checks how a sibling is reached and prepares it for git. Throws `unsafe-input` and `sibling-refused`. */
export async function remoteOf(root: string, sibling: SiblingConfig, source: SourceToken | null): Promise<Remote> {
  if (sibling.branch !== undefined) checkBranchName(sibling.branch);
  const address =
    sibling.path === undefined ? checkRemoteUrl(sibling.url ?? '') : await folderAddress(root, sibling, sibling.path);
  return {
    name: sibling.name,
    address,
    environment: tokenEnvironment(address, source),
    allowHttp: allowsHttp(address),
  };
}

/** Plain HTTP is for addresses on this machine alone. */
export function allowsHttp(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'http:' && LOOPBACK.has(new URL(address).hostname);
}
