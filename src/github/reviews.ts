import type { Sha } from '../core/commit.js';
import type { Client } from './client.js';
import { allPages } from './client.js';

/** A review that decides something. */
export interface Review {
  readonly login: string;
  readonly state: string;
  /** True when its author may write here; GitHub counts no other approval. */
  readonly counts: boolean;
  /** The commit that was looked at; null when GitHub does not say. */
  readonly commit: Sha | null;
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
  return lastWords(await reviewsOf(client, number, signal));
}

/** Who approved a pull request at this head. */
export async function approvedAt(
  client: Client,
  number: number,
  head: Sha,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return approvalsAt(await reviewsOf(client, number, signal), head);
}

/** Who approved this very commit: a later comment makes no approval of what was approved before. */
export function approvalsAt(reviews: readonly Review[], head: Sha): readonly string[] {
  const here = new Set(
    reviews.filter(({ commit, state }) => commit === head && state === 'APPROVED').map(({ login }) => login),
  );
  return lastWords(reviews).approved.filter((login) => here.has(login));
}

async function reviewsOf(client: Client, number: number, signal: AbortSignal): Promise<readonly Review[]> {
  const raw = await allPages((page) =>
    client.read('read-pulls', signal, async (octokit, at) => {
      const answer = await octokit.rest.pulls.listReviews({ ...at, pull_number: number, per_page: 100, page });
      return { rows: answer.data, headers: answer.headers };
    }),
  );
  return raw.flatMap(({ user, state, author_association, commit_id: commit }) =>
    user === null ? [] : [{ login: user.login, state, counts: WRITERS.has(author_association), commit }],
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
