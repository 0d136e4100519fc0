import { gitBytes, tryGit } from '../../plainGit.js';
import { commitAt, commitsBetween, meetingOf, readCommit } from '../bare.js';
import { type Call, type Handler, notFound, page, Refusal } from '../call.js';
import type { JsonObject } from '../json.js';
import { textAt } from '../json.js';
import { checksOf } from '../mergeability.js';
import { settle } from '../merging.js';
import { userView } from '../people.js';
import { pullInList } from '../pullView.js';
import { checkView, commitView, filesView, repositoryView } from '../views.js';
import type { Status } from '../world.js';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function shaAt(call: Call, revision: string): string {
  const plain = /^[0-9a-f]{40}$/.test(revision) ? revision : `refs/heads/${revision.replace(/^(refs\/)?heads\//, '')}`;
  const sha = commitAt(call.repository.folder, plain);
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${revision}`);
  return sha;
}

const shaOf = (call: Call): string => shaAt(call, call.values['ref'] ?? call.values['commit_sha'] ?? '');

const get: Handler = (call) => {
  const sha = shaOf(call);
  const [parent = EMPTY_TREE] = readCommit(call.repository.folder, sha).parents;
  const files = filesView(call.world, call.repository, parent, sha);
  return { status: 200, body: { ...commitView(call.world, call.repository, sha), files } };
};

const gitCommit: Handler = (call) => {
  const sha = commitAt(call.repository.folder, call.values['commit_sha'] ?? '');
  if (sha === null) throw notFound();
  const commit = readCommit(call.repository.folder, sha);
  const url = `${call.world.origin}/repos/${call.repository.fullName}/git/commits/${sha}`;
  const parents = commit.parents.map((parent) => ({ sha: parent, url, html_url: url }));
  return {
    status: 200,
    body: call.world.shape('git-commit', {
      sha,
      node_id: `C_${sha}`,
      url,
      html_url: url,
      author: { ...commit.author },
      committer: { ...commit.committer },
      tree: { sha: commit.tree, url },
      message: commit.message,
      parents,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    }),
  };
};

const compare: Handler = (call) => {
  const { world, repository, values } = call;
  const [from = '', to = ''] = (values['basehead'] ?? '').split('...').map((side) => side.split(':').pop() ?? '');
  if (from === '' || to === '') throw notFound();
  const base = shaAt(call, from);
  const head = shaAt(call, to);
  const meeting = meetingOf(repository.folder, base, head);
  if (meeting === null) throw new Refusal(404, `No common ancestor between ${from} and ${to}.`);
  const ahead = commitsBetween(repository.folder, base, head);
  const behind = commitsBetween(repository.folder, head, base);
  const status =
    ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged';
  return {
    status: 200,
    body: world.shape('commit-comparison', {
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      base_commit: commitView(world, repository, base),
      merge_base_commit: commitView(world, repository, meeting),
      commits: ahead.map((sha) => commitView(world, repository, sha)),
      files: filesView(world, repository, meeting, head),
    }),
  };
};

function statusView(call: Call, status: Status): JsonObject {
  return {
    id: status.id,
    node_id: `SC_${status.id}`,
    url: `${call.world.origin}/repos/${call.repository.fullName}/statuses/${status.sha}`,
    avatar_url: null,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: null,
    created_at: status.at,
    updated_at: status.at,
  };
}

const newest = (call: Call, sha: string): readonly Status[] => [
  ...new Map(
    call.repository.statuses.filter((status) => status.sha === sha).map((status) => [status.context, status]),
  ).values(),
];

const combined: Handler = (call) => {
  const sha = shaOf(call);
  const statuses = newest(call, sha);
  const states = new Set(statuses.map(({ state }) => state));
  const bad = states.has('failure') || states.has('error');
  const state = bad ? 'failure' : states.size === 0 || states.has('pending') ? 'pending' : 'success';
  return {
    status: 200,
    body: call.world.shape('combined-commit-status', {
      sha,
      state,
      total_count: statuses.length,
      statuses: statuses.map((status) => call.world.shape('simple-commit-status', statusView(call, status))),
      repository: repositoryView(call.world, call.repository, '', 'minimal-repository'),
    }),
  };
};

const statusOf = (call: Call, status: Status): JsonObject =>
  call.world.shape('status', { ...statusView(call, status), creator: userView(call.world, call.repository.owner) });

const statuses: Handler = (call) => {
  const sha = shaOf(call);
  const found = call.repository.statuses.filter((status) => status.sha === sha).reverse();
  return page(
    call,
    found.map((status) => statusOf(call, status)),
  );
};

const createStatus: Handler = (call) => {
  const sha = shaAt(call, call.values['sha'] ?? '');
  const status: Status = {
    id: call.world.nextId(),
    sha,
    context: textAt(call.body, 'context') ?? 'default',
    state: (textAt(call.body, 'state') ?? 'pending') as Status['state'],
    description: textAt(call.body, 'description'),
    at: call.world.now(),
  };
  call.repository.statuses.push(status);
  settle(call.world, call.repository);
  return { status: 201, body: statusOf(call, status) };
};

const checkRuns: Handler = (call) => {
  const { check_name: name, status } = call.query;
  const found = checksOf(call.repository, shaOf(call)).filter(
    (check) => (name ?? check.name) === check.name && (status ?? check.status) === check.status,
  );
  const views = found.map((check) => checkView(call.world, call.repository, check));
  return page(call, views, (items) => ({ total_count: found.length, check_runs: items }));
};

const pullsOf: Handler = (call) => {
  const sha = shaOf(call);
  const found = [...call.repository.pulls.values()].filter(
    (pull) =>
      pull.merge?.sha === sha || commitsBetween(call.repository.folder, pull.baseSha, pull.headSha).includes(sha),
  );
  return page(
    call,
    found.map((pull) => pullInList(call.world, call.repository, pull)),
  );
};

const content: Handler = (call) => {
  const { world, repository, values, query } = call;
  const path = values['path'] ?? '';
  const sha = shaAt(call, query['ref'] ?? repository.defaultBranch);
  const blob = tryGit(repository.folder, ['rev-parse', '--verify', '--quiet', `${sha}:${path}`]);
  const kind = tryGit(repository.folder, ['cat-file', '-t', `${sha}:${path}`]).text.trim();
  if (blob.exit !== 0 || kind !== 'blob') throw notFound();
  const bytes = gitBytes(repository.folder, ['cat-file', 'blob', blob.text.trim()]);
  const url = `${world.origin}/repos/${repository.fullName}/contents/${encodeURI(path)}?ref=${sha}`;
  return {
    status: 200,
    body: world.shape('content-file', {
      type: 'file',
      encoding: 'base64',
      size: bytes.length,
      name: path.split('/').pop() ?? path,
      path,
      content: bytes.toString('base64'),
      sha: blob.text.trim(),
      url,
      git_url: url,
      html_url: url,
      download_url: url,
      _links: { git: url, html: url, self: url },
    }),
  };
};

/** Answers of the operations on commits, what is said of them, and what is in them. */
export const commitRoutes: Readonly<Record<string, Handler>> = {
  'repos/get-commit': get,
  'git/get-commit': gitCommit,
  'repos/compare-commits-with-basehead': compare,
  'repos/get-combined-status-for-ref': combined,
  'repos/list-commit-statuses-for-ref': statuses,
  'repos/create-commit-status': createStatus,
  'checks/list-for-ref': checkRuns,
  'repos/list-pull-requests-associated-with-commit': pullsOf,
  'repos/get-content': content,
};
