import type { PullRequest, WantedPullRequest } from '../core/forgePort.js';
import type { Client } from './client.js';
import { setDraft } from './drafts.js';
import { changeLabels, labelChanges } from './labels.js';
import { pullRequest } from './readPullRequests.js';

/** The pull request as it is now; as it was known where it is gone. */
export async function existing(client: Client, now: PullRequest, signal: AbortSignal): Promise<PullRequest> {
  return (await pullRequest(client, now.number, signal)) ?? now;
}

/** Makes a pull request say what is wanted, by as few writes as it takes, and reads it again when there was any. */
export async function bring(
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
