import { join } from 'node:path';
import type { Commit } from '../../src/core/commit.js';
import type { SiblingConfig } from '../../src/core/config.js';
import type { FetchedSibling, GitPort } from '../../src/core/gitPort.js';
import { openGit } from '../../src/git/git.js';
import type { SourceToken } from '../../src/git/remote.js';
import { temporaryFolder } from './temporaryFolder.js';

/** A signal that is never raised. */
export const NEVER: AbortSignal = new AbortController().signal;

/** How a target is opened in a test. */
export interface OpenOptions {
  readonly branch?: string;
  readonly cache?: string;
  readonly source?: SourceToken;
}

/** Opens the git side on a target, with a cache folder of its own unless one is named. */
export function openPort(folder: string, options: OpenOptions = {}): Promise<GitPort> {
  return openGit({
    folder,
    branch: options.branch ?? null,
    remote: 'origin',
    source: options.source ?? null,
    cache: options.cache ?? join(temporaryFolder(), 'cache'),
    clock: () => 1_800_000_000_000,
  });
}

/** A sibling in a folder. */
export function siblingAt(path: string, more: Partial<SiblingConfig> = {}): SiblingConfig {
  return { name: 'sibling', path, ...more };
}

/** Asks, fetches and lists a sibling in one go. */
export async function bring(
  port: GitPort,
  sibling: SiblingConfig,
): Promise<{ readonly fetched: FetchedSibling; readonly incoming: readonly Commit[] }> {
  const fetched = await port.fetch(sibling, await port.tipOf(sibling, NEVER), NEVER);
  return { fetched, incoming: await port.incoming(port.target.head, fetched.tip, NEVER) };
}
