import type { Sha } from '../core/commit.js';
import type { MergeMethod, MergeOutcome, PullRequest } from '../core/forgePort.js';
import type { Client } from './client.js';
import { nodeOf } from './drafts.js';
import { pullRequest } from './readPullRequests.js';
import { refusalReason, refusalStatus } from './refusal.js';

const LATER = `mutation ($id: ID!, $way: PullRequestMergeMethod!, $head: GitObjectID!) {
  enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: $way, expectedHeadOid: $head }) {
    pullRequest { number }
  }
}`;

const NO_LONGER = `mutation ($id: ID!) {
  disablePullRequestAutoMerge(input: { pullRequestId: $id }) { pullRequest { number } }
}`;

/** What GitHub says when rules forbid a merge, not the state of the branches. */
const RULE = /protected branch|rule violation|required|approving review|not allowed|not authorized|not permitted/i;
/** The token lacks a permission; everything else that is forbidden is a rule of the repository. */
const TOKEN = /not accessible by|must have|resource not/i;

/** Merges it when its head still is `head`; looks first, so that an answer that was lost is found out. */
export async function merge(
  client: Client,
  now: PullRequest,
  head: Sha,
  method: MergeMethod,
  signal: AbortSignal,
): Promise<MergeOutcome> {
  return client.settle(signal, async () => {
    const known = await alreadyKnown(client, now, head, signal);
    if (known !== null) return known;
    try {
      const { data } = await client.write('write-contents', signal, (octokit, at) =>
        octokit.rest.pulls.merge({ ...at, pull_number: now.number, sha: head, merge_method: method }),
      );
      return { kind: 'merged', as: data.sha };
    } catch (error) {
      return refusedMerge(error);
    }
  });
}

/** Lets the forge merge it once everything required agrees; at once when nothing is left to wait for. */
export async function mergeLater(
  client: Client,
  now: PullRequest,
  head: Sha,
  method: MergeMethod,
  signal: AbortSignal,
): Promise<MergeOutcome> {
  const asked = await client.settle(signal, async () => {
    const known = await alreadyKnown(client, now, head, signal);
    if (known !== null) return known;
    return enable(client, now.number, head, method, signal);
  });
  return asked ?? merge(client, now, head, method, signal);
}

/** Takes back that the forge merges it by itself. */
export async function mergeNoLonger(client: Client, now: PullRequest, signal: AbortSignal): Promise<void> {
  await client.settle(signal, async () => {
    if ((await pullRequest(client, now.number, signal))?.mergesItself !== true) return;
    const id = await nodeOf(client, now.number, signal);
    await client.write('write-contents', signal, (octokit, at) =>
      octokit.graphql(NO_LONGER, { id, request: at.request }),
    );
  });
}

async function enable(
  client: Client,
  number: number,
  head: Sha,
  method: MergeMethod,
  signal: AbortSignal,
): Promise<MergeOutcome | null> {
  const id = await nodeOf(client, number, signal);
  try {
    await client.write('write-contents', signal, (octokit, at) =>
      octokit.graphql(LATER, { id, way: method.toUpperCase(), head, request: at.request }),
    );
    return { kind: 'later' };
  } catch (error) {
    const why = refusalReason(error);
    if (/clean status/i.test(why)) return null;
    if (/head.*(?:oid|sha|match)|expected head/i.test(why)) return { kind: 'refused', because: 'moved', why };
    if (refusalStatus(error) === 422) return { kind: 'refused', because: 'forbidden', why };
    throw error;
  }
}

async function alreadyKnown(
  client: Client,
  now: PullRequest,
  head: Sha,
  signal: AbortSignal,
): Promise<MergeOutcome | null> {
  const latest = await pullRequest(client, now.number, signal);
  if (latest === null || latest.state === 'closed')
    return { kind: 'refused', because: 'not-mergeable', why: `Pull request #${now.number} is closed.` };
  if (latest.state === 'merged' && latest.mergedAs !== null && latest.head === head)
    return { kind: 'merged', as: latest.mergedAs };
  if (latest.head !== head)
    return { kind: 'refused', because: 'moved', why: `Its branch stands at ${latest.head}, not at ${head}.` };
  return null;
}

/** Statuses of `PUT /pulls/N/merge`: 405 not mergeable, 409 another head, 403 rule or token, 422 invalid. */
function refusedMerge(error: unknown): MergeOutcome {
  const why = refusalReason(error);
  switch (refusalStatus(error)) {
    case 409:
      return { kind: 'refused', because: 'moved', why };
    case 405:
    case 422:
      return { kind: 'refused', because: RULE.test(why) ? 'forbidden' : 'not-mergeable', why };
    case 403:
      if (!TOKEN.test(why)) return { kind: 'refused', because: 'forbidden', why };
      throw error;
    default:
      throw error;
  }
}
