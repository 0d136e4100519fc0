import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeRepository, PullRequest } from '../core/forgePort.js';

type Listed = RestEndpointMethodTypes['pulls']['list']['response']['data'][number];
type Single = RestEndpointMethodTypes['pulls']['get']['response']['data'];

/** A pull request as GitHub's REST API answers it, in a list or by itself; only the latter says who merged it. */
export type RawPullRequest = Listed | Single;

/** Reads a pull request of GitHub's REST API. */
export function readPullRequest(raw: RawPullRequest): PullRequest {
  return {
    number: raw.number,
    page: raw.html_url,
    state: raw.merged_at !== null ? 'merged' : raw.state === 'open' ? 'open' : 'closed',
    draft: raw.draft ?? false,
    branch: raw.head.ref,
    head: raw.head.sha,
    base: raw.base.ref,
    title: raw.title,
    body: raw.body ?? '',
    labels: raw.labels.flatMap((label) => label.name ?? []),
    assignees: (raw.assignees ?? []).map((person) => person.login),
    reviewers: reviewersOf(raw),
    mergedAs: raw.merged_at === null ? null : raw.merge_commit_sha,
    endedBy: 'merged_by' in raw ? (raw.merged_by?.login ?? null) : null,
    mergesItself: raw.state === 'open' && raw.auto_merge !== null,
  };
}

/** True when its branch is in this very repository: anybody may open one of the same name from a fork. */
export function isOurs(raw: RawPullRequest, repository: ForgeRepository): boolean {
  const from = raw.head.repo?.full_name ?? '';
  return from.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
}

function reviewersOf(raw: RawPullRequest): readonly string[] {
  const people = (raw.requested_reviewers ?? []).map((person) => person.login);
  const owner = raw.base.repo.owner.login;
  return [...people, ...(raw.requested_teams ?? []).map((team) => `${owner}/${team.slug}`)];
}
