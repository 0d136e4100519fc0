import type { Octokit } from '@octokit/rest';
import pRetry from 'p-retry';
import { AutoSyncError } from '../core/errors.js';
import type { ForgeRepository } from '../core/forgePort.js';
import { createRedactor } from '../core/redaction.js';
import { failure } from './failures.js';
import type { ClientParts } from './octokit.js';
import { openOctokit } from './octokit.js';
import type { Patience } from './patience.js';
import type { Need } from './permissions.js';
import { isUnsure } from './refusal.js';

/** What every request of one repository carries. */
export interface At {
  readonly owner: string;
  readonly repo: string;
  readonly request: { readonly signal: AbortSignal };
}

/** One page of a list. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly headers: { readonly link?: string | undefined };
}

/** Requests to one repository. Everything throws `forge-refused`, `forge-unreachable` or `cancelled`, and nothing else. */
export interface Client {
  readonly repository: ForgeRepository;
  /** One request that only reads; sent again when the network or the forge fails. */
  read<T>(need: Need, signal: AbortSignal, request: (octokit: Octokit, at: At) => Promise<T>): Promise<T>;
  /** One request that changes something; never sent twice. */
  write<T>(need: Need, signal: AbortSignal, request: (octokit: Octokit, at: At) => Promise<T>): Promise<T>;
  /** Does `work` again while it ends not knowing whether it wrote: it must look before it writes. */
  settle<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

const SETTLES_AGAIN = 3;
/** Opens a client for one repository; sends nothing yet. */
export function openClient(parts: ClientParts): Client {
  const octokit = openOctokit(parts);
  const redact = createRedactor([parts.token]);
  const { repository, patience } = parts;
  const send = async <T>(
    need: Need,
    writes: boolean,
    signal: AbortSignal,
    request: (octokit: Octokit, at: At) => Promise<T>,
  ): Promise<T> => {
    const at = { owner: repository.owner, repo: repository.name, request: { signal } };
    try {
      return await untilCancelled(signal, () => request(octokit, at));
    } catch (error) {
      throw signal.aborted ? cancelled() : failure(error, { repository, need, writes, redact });
    }
  };
  return {
    repository,
    read: (need, signal, request) => send(need, false, signal, request),
    write: (need, signal, request) => send(need, true, signal, request),
    settle: (signal, work) => settled(signal, work, patience),
  };
}

/** Every row of a list, page by page, at most `most` pages. Octokit's own way loses the signal and hides a 409. */
export async function allPages<T>(page: (number: number) => Promise<Page<T>>, most = 20): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let number = 1; number <= most; number += 1) {
    const { rows: more, headers } = await page(number);
    rows.push(...more);
    if (!/;\s*rel="next"/.test(headers.link ?? '')) break;
  }
  return rows;
}

const cancelled = (): AutoSyncError => new AutoSyncError({ code: 'cancelled' });

/** The plugins cannot be woken from a wait, so it is left behind; the request then finds its signal aborted. */
async function untilCancelled<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw cancelled();
  let stop = (): void => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function settled<T>(signal: AbortSignal, work: () => Promise<T>, patience: Patience): Promise<T> {
  try {
    return await pRetry(work, {
      retries: SETTLES_AGAIN,
      minTimeout: 1.5 * patience.second,
      factor: 2,
      signal,
      shouldRetry: ({ error }) => isUnsure(error),
    });
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  }
}
