import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import pRetry from 'p-retry';
import { AutoSyncError } from '../core/errors.js';
import type { ForgeRepository } from '../core/forgePort.js';
import { createRedactor } from '../core/redaction.js';
import type { AnswersPort } from './answers.js';
import { conditionally } from './answers.js';
import { failure, isUnsure } from './failures.js';
import type { Patience } from './patience.js';
import type { Need } from './permissions.js';
import { openWire, redirection } from './wire.js';

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

/** What a client is made of. */
export interface ClientParts {
  readonly repository: ForgeRepository;
  readonly token: string;
  readonly userAgent: string;
  readonly patience: Patience;
  readonly answers: AnswersPort;
  readonly log: (line: string) => void;
}

const READS_AGAIN = 3;
const SETTLES_AGAIN = 3;
/** A limit that is hit again after its own wait is somebody else's doing: the next run goes on. */
const LIMIT_WAITS = 2;
/** Statuses that asking again does not mend; 403 and 429 are left to the waits for limits. */
const FINAL = [400, 401, 403, 404, 405, 409, 410, 422, 429, 451];
/** Does not wait; in the place of the limiters that spread writes. */
const AT_ONCE = { key: () => ({ schedule: (_options: unknown, work: () => Promise<unknown>) => work() }) };

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

function openOctokit(parts: ClientParts): Octokit {
  const { repository, patience, log } = parts;
  const waits = (seconds: number, kind: string, waited: number): boolean => {
    const agreed = seconds <= patience.limit && waited < LIMIT_WAITS;
    log(`GitHub's ${kind} limit: ${agreed ? 'waits' : 'would have to wait'} ${seconds} s`);
    return agreed;
  };
  const spread = patience.spaced ? {} : { write: AT_ONCE as never, notifications: AT_ONCE as never };
  const octokit = new (Octokit.plugin(throttling, retry))({
    auth: parts.token,
    baseUrl: repository.api,
    userAgent: parts.userAgent,
    log: { debug: () => {}, info: () => {}, warn: log, error: () => {} },
    request: { fetch: conditionally(openWire(repository, patience.request), parts.answers) },
    retry: { doNotRetry: FINAL, retryAfterBaseValue: patience.second },
    throttle: {
      id: repository.api,
      retryAfterBaseValue: patience.second,
      onRateLimit: (seconds, _options, _octokit, waited) => waits(seconds, 'hourly', waited),
      onSecondaryRateLimit: (seconds, _options, _octokit, waited) => waits(seconds, 'secondary', waited),
      ...spread,
    },
  });
  octokit.hook.before('request', (options) => {
    options.request.retries = options.method === 'GET' ? READS_AGAIN : 0;
  });
  octokit.hook.after('request', (answer) => {
    const elsewhere = redirection(repository, answer.status);
    if (elsewhere !== null) throw elsewhere;
  });
  return octokit;
}
