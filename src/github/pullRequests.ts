import type { PullRequest, WantedPullRequest } from '../core/forgePort.js';
import { bring, existing, says } from './bring.js';
import type { Client } from './client.js';
import { labelChanges } from './labels.js';
import { askPeople } from './people.js';
import { isOurs, readPullRequest } from './pullRequest.js';
import { pullRequest } from './readPullRequests.js';
import { refusalStatus } from './refusal.js';

/**
 * Opens it, or takes over the one that is open for the branch; either way it then says what is wanted. GitHub allows
 * one open pull request of a branch for a base, so looking before every attempt makes it exactly one, also when the
 * answer to the first attempt was lost (design: reliability I5).
 */
export async function openPullRequest(
  client: Client,
  wanted: WantedPullRequest,
  signal: AbortSignal,
): Promise<PullRequest> {
  let opened = false;
  return client.settle(signal, async () => {
    const found = await openFor(client, wanted, signal);
    opened ||= found === null;
    const now = found ?? (await create(client, wanted, signal));
    // Labels come last: without any it was opened by a run that was stopped before it had asked anybody.
    if (opened || isUnfinished(now, wanted)) await askPeople(client, now, wanted, signal);
    return bring(client, now, wanted, signal);
  });
}

/**
 * Makes an open one say what is wanted; writes only what differs, and asks nothing when nothing does. One that a person
 * merged or closed meanwhile is left as it is.
 */
export async function updatePullRequest(
  client: Client,
  now: PullRequest,
  wanted: WantedPullRequest,
  signal: AbortSignal,
): Promise<PullRequest> {
  if (says(now, wanted)) return now;
  return client.settle(signal, async () => {
    const latest = await existing(client, now, signal);
    return latest.state === 'open' ? bring(client, latest, wanted, signal) : latest;
  });
}

/** Closes it with another text; one that is closed or merged already stays as it is. */
export async function closePullRequest(
  client: Client,
  number: number,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  await client.settle(signal, async () => {
    if ((await pullRequest(client, number, signal))?.state !== 'open') return;
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.update({ ...at, pull_number: number, state: 'closed', body }),
    );
  });
}

const isUnfinished = (now: PullRequest, wanted: WantedPullRequest): boolean =>
  wanted.labels.length > 0 && labelChanges(now.labels, wanted.labels).add.length === wanted.labels.length;

async function openFor(client: Client, wanted: WantedPullRequest, signal: AbortSignal): Promise<PullRequest | null> {
  const { owner } = client.repository;
  const { data } = await client.read('read-pulls', signal, (octokit, at) =>
    octokit.rest.pulls.list({ ...at, state: 'open', head: `${owner}:${wanted.branch}`, base: wanted.base }),
  );
  // GitHub ignores a filter that it does not understand.
  const ours = data.filter((one) => isOurs(one, client.repository)).map(readPullRequest);
  return ours.find((one) => one.branch === wanted.branch && one.base === wanted.base) ?? null;
}

async function create(client: Client, wanted: WantedPullRequest, signal: AbortSignal): Promise<PullRequest> {
  const { branch: head, base, title, body, draft } = wanted;
  try {
    const { data } = await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.create({ ...at, head, base, title, body, draft }),
    );
    return readPullRequest(data);
  } catch (error) {
    // 422 also means that somebody was faster; else it is about the request, and says so.
    const found = refusalStatus(error) === 422 ? await openFor(client, wanted, signal) : null;
    if (found === null) throw error;
    return found;
  }
}
