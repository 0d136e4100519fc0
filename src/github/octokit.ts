import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { ForgeRepository } from '../core/forgePort.js';
import type { AnswersPort } from './answers.js';
import { conditionally } from './answers.js';
import type { Patience } from './patience.js';
import { openWire, redirection } from './wire.js';

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
/** A limit that is hit again after its own wait is somebody else's doing: the next run goes on. */
const LIMIT_WAITS = 2;
/** Statuses that asking again does not mend; 403 and 429 are left to the waits for limits. */
const FINAL = [400, 401, 403, 404, 405, 409, 410, 422, 429, 451];
/** Does not wait; in the place of the limiters that spread writes. */
const AT_ONCE = { key: () => ({ schedule: (_options: unknown, work: () => Promise<unknown>) => work() }) };

/** Sets Octokit up: where it may send, what it sends again, which waits it accepts. */
export function openOctokit(parts: ClientParts): Octokit {
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
    retry: { retries: READS_AGAIN, doNotRetry: FINAL, retryAfterBaseValue: patience.second },
    throttle: {
      id: repository.api,
      retryAfterBaseValue: patience.second,
      onRateLimit: (seconds, _options, _octokit, waited) => waits(seconds, 'hourly', waited),
      onSecondaryRateLimit: (seconds, _options, _octokit, waited) => waits(seconds, 'secondary', waited),
      ...spread,
    },
  });
  octokit.hook.before('request', (options) => {
    // Only ever to forbid: where a number is set, the plugin sends refused requests again too.
    if (options.method !== 'GET') options.request.retries = 0;
  });
  octokit.hook.after('request', (answer) => {
    const elsewhere = redirection(repository, answer.status);
    if (elsewhere !== null) throw elsewhere;
  });
  return octokit;
}
