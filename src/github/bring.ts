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
  if (says(now, wanted)) return now;
  const labels = labelChanges(now.labels, wanted.labels);
  if (!reads(now, wanted))
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.update({ ...at, pull_number: now.number, title: wanted.title, body: wanted.body }),
    );
  if (now.draft !== wanted.draft) await setDraft(client, now.number, wanted.draft, signal);
  if (!isLabelled(labels)) await changeLabels(client, now.number, labels, signal);
  return existing(client, now, signal);
}

/** True when a pull request says what is wanted already. */
export const says = (now: PullRequest, wanted: WantedPullRequest): boolean =>
  reads(now, wanted) && isLabelled(labelChanges(now.labels, wanted.labels)) && now.draft === wanted.draft;

const reads = (now: PullRequest, wanted: WantedPullRequest): boolean =>
  sameText(now.title, wanted.title) && sameText(now.body, wanted.body);

const isLabelled = ({ add, remove }: ReturnType<typeof labelChanges>): boolean => add.length + remove.length === 0;

/** GitHub gives line breaks and blank ends back in its own way. */
const sameText = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
