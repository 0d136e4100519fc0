import { filesBetween, readCommit } from './bare.js';
import type { JsonObject } from './json.js';
import { roleOf, userView } from './people.js';
import type { Check, Label, Repository, Run, World } from './world.js';

/** A repository as `repos/get` and the sides of a pull request show it. */
export function repositoryView(world: World, repository: Repository, login: string, schema = 'repository'): JsonObject {
  const url = `${world.origin}/repos/${repository.fullName}`;
  const role = roleOf(repository, login);
  const methods = repository.declared.mergeMethods ?? ['merge', 'squash', 'rebase'];
  return world.shape(schema, {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: repository.fullName,
    owner: userView(world, repository.owner),
    private: repository.declared.private === true,
    visibility: repository.declared.private === true ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    url,
    html_url: `${world.origin}/${repository.fullName}`,
    clone_url: `${world.origin}/${repository.fullName}.git`,
    permissions: {
      admin: role === 'admin',
      maintain: role === 'admin',
      push: role === 'admin' || role === 'write',
      triage: role !== null,
      pull: true,
    },
    allow_merge_commit: methods.includes('merge'),
    allow_squash_merge: methods.includes('squash'),
    allow_rebase_merge: methods.includes('rebase'),
    allow_auto_merge: repository.declared.allowAutoMerge === true,
    archived: false,
    disabled: false,
    fork: false,
  });
}

/** A label. */
export function labelView(world: World, repository: Repository, label: Label): JsonObject {
  return world.shape('label', {
    id: label.id,
    node_id: `LA_${label.id}`,
    url: `${world.origin}/repos/${repository.fullName}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    description: label.description,
    default: false,
  });
}

/** A commit as lists, `repos/get-commit` and pull requests show it. */
export function commitView(world: World, repository: Repository, sha: string): JsonObject {
  const commit = readCommit(repository.folder, sha);
  const url = `${world.origin}/repos/${repository.fullName}/commits/${sha}`;
  return world.shape('commit', {
    sha,
    url,
    html_url: `${world.origin}/${repository.fullName}/commit/${sha}`,
    commit: {
      url,
      message: commit.message,
      tree: { sha: commit.tree, url: `${world.origin}/repos/${repository.fullName}/git/trees/${commit.tree}` },
      author: { ...commit.author },
      committer: { ...commit.committer },
      comment_count: 0,
    },
    author: null,
    committer: null,
    parents: commit.parents.map((parent) => ({ sha: parent, url: url.replace(sha, parent) })),
  });
}

/** Files of a difference, as pull requests, commits and comparisons list them. */
export function filesView(world: World, repository: Repository, base: string, head: string): readonly JsonObject[] {
  return filesBetween(repository.folder, base, head).map((file) => {
    const at = `${world.origin}/repos/${repository.fullName}/contents/${encodeURI(file.path)}?ref=${head}`;
    return world.shape('diff-entry', {
      sha: /^0+$/.test(file.sha) ? null : file.sha,
      filename: file.path,
      status: file.status,
      additions: file.additions,
      deletions: file.deletions,
      changes: file.additions + file.deletions,
      blob_url: at,
      raw_url: at,
      contents_url: at,
      ...(file.before === null ? {} : { previous_filename: file.before }),
    });
  });
}

/** A check run: made by itself or by a job of a workflow. */
export function checkView(world: World, repository: Repository, check: Check): JsonObject {
  const url = `${world.origin}/repos/${repository.fullName}/check-runs/${check.id}`;
  return world.shape('check-run', {
    id: check.id,
    node_id: `CR_${check.id}`,
    name: check.name,
    head_sha: check.sha,
    status: check.status,
    conclusion: check.conclusion,
    url,
    html_url: url,
    details_url: url,
    external_id: '',
    app: null,
    started_at: world.now(),
    completed_at: check.status === 'completed' ? world.now() : null,
  });
}

/** A run of a workflow. */
export function runView(world: World, repository: Repository, run: Run): JsonObject {
  const url = `${world.origin}/repos/${repository.fullName}/actions/runs/${run.id}`;
  return world.shape('workflow-run', {
    id: run.id,
    name: run.workflow.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.workflow.path,
    display_title: run.workflow.name,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow.id,
    url,
    html_url: `${world.origin}/${repository.fullName}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    created_at: run.createdAt,
    updated_at: world.now(),
    run_started_at: run.createdAt,
    actor: userView(world, run.actor),
    triggering_actor: userView(world, run.actor),
    pull_requests: [],
    head_commit: null,
    repository: repositoryView(world, repository, '', 'minimal-repository'),
    head_repository: repositoryView(world, repository, '', 'minimal-repository'),
  });
}
