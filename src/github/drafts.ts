import type { Client } from './client.js';

/** Only GitHub's GraphQL API turns a draft into a pull request that asks for review, and back. */
const TO_DRAFT = `mutation ($id: ID!) {
  convertPullRequestToDraft(input: { pullRequestId: $id }) { pullRequest { isDraft } }
}`;
const TO_READY = `mutation ($id: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
}`;

/** Makes a pull request a draft, or ready for review. */
export async function setDraft(client: Client, number: number, draft: boolean, signal: AbortSignal): Promise<void> {
  const id = await nodeOf(client, number, signal);
  await client.write('write-pulls', signal, (octokit, at) =>
    octokit.graphql(draft ? TO_DRAFT : TO_READY, { id, request: at.request }),
  );
}

/** The name of a pull request in GraphQL. */
export async function nodeOf(client: Client, number: number, signal: AbortSignal): Promise<string> {
  const { data } = await client.read('read-pulls', signal, (octokit, at) =>
    octokit.rest.pulls.get({ ...at, pull_number: number }),
  );
  return data.node_id;
}
