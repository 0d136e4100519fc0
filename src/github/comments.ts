import type { Client } from './client.js';
import { allPages } from './client.js';

/** Who writes, to tell our comments from others'; null when the forge does not say. */
export type Author = (signal: AbortSignal) => Promise<string | null>;

/** Adds a comment, once: one with the same text by us is not repeated. */
export async function comment(
  client: Client,
  author: Author,
  number: number,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const us = await author(signal);
  await client.settle(signal, async () => {
    const comments = await commentsOf(client, number, signal);
    const isIt = ({ by, body }: Said): boolean => plain(body) === plain(text) && (us === null || by === us);
    if (comments.some(isIt)) return;
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.issues.createComment({ ...at, issue_number: number, body: text }),
    );
  });
}

interface Said {
  readonly by: string | null;
  readonly body: string;
}

async function commentsOf(client: Client, number: number, signal: AbortSignal): Promise<readonly Said[]> {
  const raw = await allPages((page) =>
    client.read('read-pulls', signal, async (octokit, at) => {
      const answer = await octokit.rest.issues.listComments({ ...at, issue_number: number, per_page: 100, page });
      return { rows: answer.data, headers: answer.headers };
    }),
  );
  return raw.map((one) => ({ by: one.user?.login ?? null, body: one.body ?? '' }));
}

const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
