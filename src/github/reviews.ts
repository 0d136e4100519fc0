import type { Client } from './client.js';
import { allPages } from './client.js';

/** A review that decides something. */
export interface Review {
  readonly login: string;
  readonly state: string;
  /** True when its author may write here; GitHub counts no other approval. */
  readonly counts: boolean;
}

/** Logins by the last word of each person. */
export interface Reviewed {
  readonly approved: readonly string[];
  readonly objected: readonly string[];
}

const DECIDING = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);
const WRITERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** Who approved a pull request and who objects, by each person's latest review that was no mere comment. */
export async function approversOf(client: Client, number: number, signal: AbortSignal): Promise<Reviewed> {
  const raw = await allPages((page) =>
    client.read('read-pulls', signal, async (octokit, at) => {
      const answer = await octokit.rest.pulls.listReviews({ ...at, pull_number: number, per_page: 100, page });
      return { rows: answer.data, headers: answer.headers };
    }),
  );
  return lastWords(
    raw.flatMap(({ user, state, author_association }) =>
      user === null ? [] : [{ login: user.login, state, counts: WRITERS.has(author_association) }],
    ),
  );
}

/** `reviews` oldest first, as GitHub lists them. */
export function lastWords(reviews: readonly Review[]): Reviewed {
  const latest = new Map<string, Review>();
  for (const review of reviews) if (DECIDING.has(review.state) && review.counts) latest.set(review.login, review);
  const of = (state: string): readonly string[] =>
    [...latest.values()].filter((review) => review.state === state).map((review) => review.login);
  return { approved: of('APPROVED'), objected: of('CHANGES_REQUESTED') };
}
