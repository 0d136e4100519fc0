import type { PullRequest } from '../core/forgePort.js';
import type { Client } from './client.js';
import { allPages } from './client.js';
import { isOurs, readPullRequest } from './pullRequest.js';
import { refusalStatus } from './refusal.js';

/** Open pull requests for `base` from branches of this repository that start with `prefix`. */
export async function openPullRequests(
  client: Client,
  base: string,
  prefix: string,
  signal: AbortSignal,
): Promise<readonly PullRequest[]> {
  const raw = await allPages((page) =>
    client.read('read-pulls', signal, async (octokit, at) => {
      const answer = await octokit.rest.pulls.list({ ...at, state: 'open', base, per_page: 100, page });
      return { rows: answer.data, headers: answer.headers };
    }),
  );
  return raw
    .filter((one) => isOurs(one, client.repository))
    .map(readPullRequest)
    .filter((one) => one.base === base && one.branch.startsWith(prefix));
}

/** One pull request as it is now; null when there is none of that number. */
export async function pullRequest(client: Client, number: number, signal: AbortSignal): Promise<PullRequest | null> {
  const read = await unlessMissing(
    client.read('read-pulls', signal, async (octokit, at) => {
      const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
      return readPullRequest(data);
    }),
  );
  return read?.state === 'closed' ? { ...read, endedBy: await closerOf(client, number, signal) } : read;
}

/** Only the issue that every pull request also is says who closed it. */
async function closerOf(client: Client, number: number, signal: AbortSignal): Promise<string | null> {
  return unlessMissing(
    client.read('read-pulls', signal, async (octokit, at) => {
      const { data } = await octokit.rest.issues.get({ ...at, issue_number: number });
      return data.closed_by?.login ?? null;
    }),
  );
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (refusalStatus(error) === 404) return null;
    throw error;
  }
}
