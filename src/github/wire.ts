import { AutoSyncError } from '../core/errors.js';
import type { ForgeRepository } from '../core/forgePort.js';

/** One request and its whole answer. */
export type Exchange = (address: string, init: RequestInit) => Promise<Response>;

/** Statuses whose answer has no body by definition. */
const EMPTY = new Set([204, 205, 304]);

/**
 * The only way out: to the API's own origin, compared exactly, for at most `timeout` milliseconds. A redirect is handed
 * back, never followed, so the token stays where it is meant for (design: reliability T11). An answer that was cut off
 * is an error here, because Octokit would take it for an empty one.
 */
export function openWire(repository: ForgeRepository, timeout: number): Exchange {
  const { origin } = new URL(repository.api);
  return async (address, init) => {
    if (new URL(address).origin !== origin) throw stranger(repository, new URL(address).origin);
    const signals = [AbortSignal.timeout(timeout), ...(init.signal ? [init.signal] : [])];
    const answer = await fetch(address, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
    const text = await answer.text();
    if (isJson(answer) && !parses(text)) throw new Error('its answer was cut off');
    return new Response(EMPTY.has(answer.status) ? null : text, { status: answer.status, headers: answer.headers });
  };
}

/** The problem of an answer that points elsewhere; null for every other answer. */
export function redirection(repository: ForgeRepository, status: number): AutoSyncError | null {
  if (status < 300 || status > 399 || status === 304) return null;
  return new AutoSyncError({
    code: 'forge-refused',
    repository: `${repository.owner}/${repository.name}`,
    why: `the API answered with a redirect (${status}), which is not followed because the token would go with it`,
    next: 'The repository was probably renamed or moved: set the address of the remote to the new one with `git remote set-url`.',
    status,
  });
}

function stranger(repository: ForgeRepository, origin: string): AutoSyncError {
  return new AutoSyncError({
    code: 'forge-refused',
    repository: `${repository.owner}/${repository.name}`,
    why: `a request would have gone to ${origin}, which is not where its API is`,
    next: `The token is for ${repository.api} alone; check the address of the API.`,
  });
}

const isJson = (answer: Response): boolean =>
  !EMPTY.has(answer.status) && /^application\/(?:[\w.+-]+\+)?json\b/.test(answer.headers.get('content-type') ?? '');

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
