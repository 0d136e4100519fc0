import type { Conclusion, DeclaredRepository, DeclaredWorkflow, Protection } from './declared.js';
import type { Shape } from './sample.js';

/** A label of a repository. */
export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

/** A person's word on a pull request. */
export interface Review {
  readonly id: number;
  readonly login: string;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  readonly body: string;
  readonly commit: string;
  readonly at: string;
}

/** A pull request. Moments are text as GitHub writes them. */
export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly author: string;
  /** Branch of the same repository. */
  readonly head: string;
  base: string;
  title: string;
  body: string | null;
  draft: boolean;
  state: 'open' | 'closed';
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  /** Login of who closed it unmerged; null while it is open, merged, or closed by the loss of its branch. */
  closedBy: string | null;
  merge: { readonly sha: string; readonly by: string; readonly at: string } | null;
  autoMerge: { readonly method: 'merge' | 'squash' | 'rebase'; readonly by: string } | null;
  labels: readonly string[];
  assignees: readonly string[];
  reviewers: readonly string[];
  teams: readonly string[];
  reviews: readonly Review[];
  /** What head and base were when last seen; they stay when the branches go. */
  headSha: string;
  baseSha: string;
  /** Reads that still answer `mergeable: null`. */
  unknownReads: number;
}

/** A comment on a pull request. */
export interface Comment {
  readonly id: number;
  readonly pull: number;
  readonly login: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

/** A check run that no workflow made, or a job of one. */
export interface Check {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
}

/** A commit status. */
export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly at: string;
}

/** A workflow as it is hosted. */
export interface Workflow extends DeclaredWorkflow {
  readonly id: number;
}

/** A run of a workflow. */
export interface Run {
  readonly id: number;
  readonly number: number;
  readonly workflow: Workflow;
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch';
  readonly branch: string;
  readonly sha: string;
  readonly actor: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  attempt: number;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  jobs: readonly Check[];
  /** Steps of `onRead` that were taken. */
  steps: number;
}

/** A hosted repository: its commits are in `folder`, everything else is here. */
export interface Repository {
  readonly id: number;
  readonly declared: DeclaredRepository;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly folder: string;
  readonly protection: Map<string, Protection>;
  readonly rules: Map<string, Protection>;
  readonly labels: Map<string, Label>;
  readonly pulls: Map<number, Pull>;
  readonly comments: Map<number, Comment>;
  readonly checks: Check[];
  readonly statuses: Status[];
  readonly workflows: readonly Workflow[];
  readonly runs: Run[];
}

/** Everything the stand-in knows. */
export interface World {
  readonly shape: Shape;
  /** For example `http://127.0.0.1:4711`; known once the server listens. */
  origin: string;
  /** By full name in small letters. */
  readonly repositories: Map<string, Repository>;
  /** Members by name of the organization. */
  readonly organizations: Readonly<Record<string, readonly string[]>>;
  now(): string;
  nextId(): number;
}

/** A world of no repositories. */
export function makeWorld(
  shape: Shape,
  clock: () => Date,
  organizations: Readonly<Record<string, readonly string[]>>,
): World {
  let id = 1000;
  return {
    shape,
    origin: '',
    repositories: new Map(),
    organizations,
    now: () => `${clock().toISOString().slice(0, 19)}Z`,
    nextId: () => {
      id += 1;
      return id;
    },
  };
}
