/** How far a permission of a fine-grained token, or a role on a repository, goes. */
export type Level = 'read' | 'write' | 'admin';

/**
 * A token that the stand-in knows. `permissions` count for fine-grained tokens and for the token of a workflow
 * (`actions`), by the names GitHub has in `x-accepted-github-permissions` (`contents`, `pull_requests`, `workflows` ...);
 * `scopes` count for classic ones (`repo`, `public_repo`, `workflow`).
 */
export interface DeclaredToken {
  readonly token: string;
  readonly login: string;
  readonly kind: 'fine-grained' | 'classic' | 'actions';
  readonly permissions?: Readonly<Record<string, Level>>;
  readonly scopes?: readonly string[];
  /** When it stops to be taken; default: never. */
  readonly expiresAt?: Date;
  /** Full names (`owner/name`) it reaches; default: all that its login reaches. */
  readonly repositories?: readonly string[];
}

/** What must be so before a branch takes a merge. A protected branch takes no force push and no deletion. */
export interface Protection {
  /** Names of checks (jobs, check runs, status contexts) that must have succeeded on the head. */
  readonly requiredChecks?: readonly string[];
  /** The head must contain the newest base. */
  readonly strict?: boolean;
  readonly requiredApprovals?: number;
  readonly codeOwnerReviews?: boolean;
  readonly linearHistory?: boolean;
}

/** How a job, a run or a check ended. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral' | 'action_required';

/** A workflow of a hosted repository. Its file is not read: what it does is said here. */
export interface DeclaredWorkflow {
  /** For example `.github/workflows/ci.yml`. */
  readonly path: string;
  readonly name: string;
  readonly on: readonly ('push' | 'pull_request' | 'workflow_dispatch')[];
  /** Branches whose pushes start it; default: every branch. */
  readonly branches?: readonly string[];
  /** Inputs that a dispatch may carry; default: none. */
  readonly inputs?: readonly string[];
  /** Names of its jobs; default: one job with the name of the workflow. */
  readonly jobs?: readonly string[];
  /** Where a run goes by itself, one step each time somebody reads it; default: the test moves it. */
  readonly onRead?: readonly ('in_progress' | Conclusion)[];
}

/** How a repository is hosted. */
export interface DeclaredRepository {
  readonly owner: string;
  readonly name: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** Folder of a repository whose branches are there from the start. */
  readonly from?: string;
  /** Who may do what, by login; the owner is an administrator anyway. */
  readonly collaborators?: Readonly<Record<string, Level>>;
  /** Slugs of teams that may be asked for a review. */
  readonly teams?: readonly string[];
  /** Classic branch protection, by branch. */
  readonly protection?: Readonly<Record<string, Protection>>;
  /** The same as rulesets, by branch. */
  readonly rules?: Readonly<Record<string, Protection>>;
  /** Merge methods that the repository takes; default: all three. */
  readonly mergeMethods?: readonly ('merge' | 'squash' | 'rebase')[];
  readonly allowAutoMerge?: boolean;
  readonly workflows?: readonly DeclaredWorkflow[];
  /** Whether a workflow's own token may make pull requests; default: yes. */
  readonly actionsMayCreatePullRequests?: boolean;
  /** How often a pull request answers `mergeable: null` after its head or base moved; default: never. */
  readonly slowMergeability?: number;
}
