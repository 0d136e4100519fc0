import type { PullRequest, WantedPullRequest } from '../core/forgePort.js';
import type { Client } from './client.js';
import { allPages } from './client.js';
import { setDraft } from './drafts.js';
import { refusalStatus } from './failures.js';
import { changeLabels, labelChanges } from './labels.js';
import { askPeople } from './people.js';
import { isOurs, readPullRequest } from './pullRequest.js';

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

/** Makes an open one say what is wanted; writes only what differs, and asks nothing when nothing does. */
export async function updatePullRequest(
  client: Client,
  now: PullRequest,
  wanted: WantedPullRequest,
  signal: AbortSignal,
): Promise<PullRequest> {
  let latest: PullRequest | null = now;
  return client.settle(signal, async () => {
    const from: PullRequest = latest ?? (await existing(client, now, signal));
    latest = null;
    return bring(client, from, wanted, signal);
  });
}

/** Closes it; one that is closed or merged already stays as it is. */
export async function closePullRequest(client: Client, number: number, signal: AbortSignal): Promise<void> {
  await client.settle(signal, async () => {
    if ((await pullRequest(client, number, signal))?.state !== 'open') return;
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.update({ ...at, pull_number: number, state: 'closed' }),
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

async function existing(client: Client, now: PullRequest, signal: AbortSignal): Promise<PullRequest> {
  return (await pullRequest(client, now.number, signal)) ?? now;
}

async function bring(
  client: Client,
  now: PullRequest,
  wanted: WantedPullRequest,
  signal: AbortSignal,
): Promise<PullRequest> {
  const labels = labelChanges(now.labels, wanted.labels);
  const says = sameText(now.title, wanted.title) && sameText(now.body, wanted.body);
  const labelled = labels.add.length + labels.remove.length === 0;
  if (says && labelled && now.draft === wanted.draft) return now;
  if (!says)
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.update({ ...at, pull_number: now.number, title: wanted.title, body: wanted.body }),
    );
  if (now.draft !== wanted.draft) await setDraft(client, now.number, wanted.draft, signal);
  if (!labelled) await changeLabels(client, now.number, labels, signal);
  return existing(client, now, signal);
}

/** GitHub gives line breaks and blank ends back in its own way. */
const sameText = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
