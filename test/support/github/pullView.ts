import { commitsBetween, filesBetween, meetingOf, mergedTree, tipOf } from './bare.js';
import type { JsonObject } from './json.js';
import { mergeabilityOf } from './mergeability.js';
import { userView } from './people.js';
import { labelView, repositoryView } from './views.js';
import type { Pull, Repository, World } from './world.js';

/** GitHub's name of a pull request in GraphQL. */
export function nodeOf(repository: Repository, pull: Pull): string {
  return `PR_${repository.id}_${pull.number}`;
}

function side(world: World, repository: Repository, branch: string, sha: string): JsonObject {
  return {
    label: `${repository.owner}:${branch}`,
    ref: branch,
    sha,
    user: userView(world, repository.owner),
    repo: repositoryView(world, repository, ''),
  };
}

function autoMergeView(world: World, pull: Pull): JsonObject | null {
  if (pull.autoMerge === null) return null;
  return {
    enabled_by: userView(world, pull.autoMerge.by),
    merge_method: pull.autoMerge.method,
    commit_title: '',
    commit_message: '',
  };
}

/** What GitHub says of a pull request as such and as the issue that it is too. */
export function sharedView(world: World, repository: Repository, pull: Pull): JsonObject {
  return {
    title: pull.title,
    body: pull.body,
    state: pull.state,
    draft: pull.draft,
    user: userView(world, pull.author),
    labels: pull.labels.flatMap((name) => {
      const label = repository.labels.get(name.toLowerCase());
      return label === undefined ? [] : [labelView(world, repository, label)];
    }),
    assignees: pull.assignees.map((login) => userView(world, login)),
  };
}

/** What lists and single answers both say of a pull request. */
function common(world: World, repository: Repository, pull: Pull): JsonObject {
  const url = `${world.origin}/repos/${repository.fullName}/pulls/${pull.number}`;
  const base = pull.state === 'open' ? (tipOf(repository.folder, pull.base) ?? pull.baseSha) : pull.baseSha;
  return {
    id: pull.id,
    node_id: nodeOf(repository, pull),
    number: pull.number,
    url,
    html_url: `${world.origin}/${repository.fullName}/pull/${pull.number}`,
    ...sharedView(world, repository, pull),
    assignee: pull.assignees[0] === undefined ? null : userView(world, pull.assignees[0]),
    requested_reviewers: pull.reviewers.map((login) => userView(world, login)),
    requested_teams: pull.teams.map((slug) => world.shape('team', { name: slug, slug })),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.merge?.at ?? null,
    author_association: 'MEMBER',
    auto_merge: autoMergeView(world, pull),
    head: side(world, repository, pull.head, pull.headSha),
    base: side(world, repository, pull.base, base),
    milestone: null,
  };
}

/** A pull request in a list. */
export function pullInList(world: World, repository: Repository, pull: Pull): JsonObject {
  return world.shape('pull-request-simple', {
    ...common(world, repository, pull),
    merge_commit_sha: pull.merge?.sha ?? null,
  });
}

function verdict(repository: Repository, pull: Pull): JsonObject {
  if (pull.merge !== null || pull.state === 'closed') return { mergeable: null, mergeable_state: 'unknown' };
  if (pull.unknownReads > 0) {
    pull.unknownReads -= 1;
    return { mergeable: null, mergeable_state: 'unknown' };
  }
  const base = tipOf(repository.folder, pull.base) ?? pull.baseSha;
  const clean = mergedTree(repository.folder, base, pull.headSha) !== null;
  return { mergeable: clean, mergeable_state: mergeabilityOf(repository, pull).state };
}

/** A pull request by itself, with what git says of it. */
export function pullAlone(world: World, repository: Repository, pull: Pull): JsonObject {
  const files = filesBetween(
    repository.folder,
    meetingOf(repository.folder, pull.baseSha, pull.headSha) ?? pull.baseSha,
    pull.headSha,
  );
  return world.shape('pull-request', {
    ...common(world, repository, pull),
    merge_commit_sha: pull.merge?.sha ?? null,
    merged: pull.merge !== null,
    merged_by: pull.merge === null ? null : userView(world, pull.merge.by),
    ...verdict(repository, pull),
    comments: [...repository.comments.values()].filter((comment) => comment.pull === pull.number).length,
    review_comments: 0,
    commits: commitsBetween(repository.folder, pull.baseSha, pull.headSha).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  });
}
