import { contains, moveRef, refsOf, tipOf } from './bare.js';
import type { Pull, Repository, Run, Workflow, World } from './world.js';

/** Who did something, and whether GitHub starts workflows because of it (a workflow's own token starts none). */
export interface Actor {
  readonly login: string;
  readonly startsWorkflows: boolean;
}

/** Puts a run of a workflow into its queue. */
export function startRun(
  world: World,
  repository: Repository,
  workflow: Workflow,
  what: Pick<Run, 'event' | 'branch' | 'sha' | 'actor' | 'inputs'>,
): Run {
  const jobs = workflow.jobs ?? [workflow.name];
  const run: Run = {
    ...what,
    id: world.nextId(),
    number: repository.runs.filter((other) => other.workflow.id === workflow.id).length + 1,
    workflow,
    createdAt: world.now(),
    attempt: 1,
    status: 'queued',
    conclusion: null,
    jobs: jobs.map((name) => ({ id: world.nextId(), sha: what.sha, name, status: 'queued', conclusion: null })),
    steps: 0,
  };
  repository.runs.push(run);
  return run;
}

/** Starts what the workflows of a repository start for a push or a pull request. */
export function startRuns(
  world: World,
  repository: Repository,
  event: 'push' | 'pull_request',
  where: { readonly branch: string; readonly sha: string },
  actor: Actor,
): void {
  if (!actor.startsWorkflows) return;
  for (const workflow of repository.workflows) {
    const listens = workflow.on.includes(event);
    const branchFits = event !== 'push' || (workflow.branches?.includes(where.branch) ?? true);
    if (listens && branchFits) {
      startRun(world, repository, workflow, { ...where, event, actor: actor.login, inputs: {} });
    }
  }
}

function close(world: World, pull: Pull): void {
  pull.state = 'closed';
  pull.closedAt = world.now();
  pull.updatedAt = pull.closedAt;
}

function followHead(world: World, repository: Repository, pull: Pull, head: string, actor: Actor): void {
  if (head === pull.headSha) return;
  pull.headSha = head;
  pull.updatedAt = world.now();
  pull.unknownReads = repository.declared.slowMergeability ?? 0;
  keepHead(repository, pull);
  startRuns(world, repository, 'pull_request', { branch: pull.head, sha: head }, actor);
}

/** Keeps the commits of a pull request when its branch goes, as `refs/pull/<number>/head`. */
export function keepHead(repository: Repository, pull: Pull): void {
  const ref = `refs/pull/${pull.number}/head`;
  const before = refsOf(repository.folder, ref).get(ref) ?? null;
  moveRef(repository.folder, ref, pull.headSha, before);
}

function followPull(world: World, repository: Repository, pull: Pull, actor: Actor): void {
  const head = tipOf(repository.folder, pull.head);
  const base = tipOf(repository.folder, pull.base);
  if (head === null || base === null) {
    close(world, pull);
    return;
  }
  followHead(world, repository, pull, head, actor);
  if (base === pull.baseSha) return;
  pull.unknownReads = repository.declared.slowMergeability ?? 0;
  if (!contains(repository.folder, base, head)) {
    pull.baseSha = base;
    return;
  }
  pull.merge = { sha: head, by: actor.login, at: world.now() };
  close(world, pull);
}

/** After refs moved, by whatever way: runs start, pull requests follow their branches, close, or are merged. */
export function refsMoved(
  world: World,
  repository: Repository,
  before: ReadonlyMap<string, string>,
  actor: Actor,
): void {
  for (const [ref, sha] of refsOf(repository.folder, 'refs/heads/')) {
    if (before.get(ref) === sha) continue;
    startRuns(world, repository, 'push', { branch: ref.slice('refs/heads/'.length), sha }, actor);
  }
  for (const pull of repository.pulls.values()) {
    if (pull.state === 'open') followPull(world, repository, pull, actor);
  }
}
