import type { Sha } from './commit.js';
import type { Finding } from './finding.js';

/** A repository on a forge, and what of the forge its token may be sent to. */
export interface ForgeRepository {
  readonly owner: string;
  readonly name: string;
  /** Scheme, host and port of its pages and of git over HTTP, for example `https://github.com`. */
  readonly server: string;
  /** Base address of the forge's API, for example `https://api.github.com`. */
  readonly api: string;
}

/** A pull request as the forge knows it. Its text is of whoever wrote it last: foreign. */
export interface PullRequest {
  readonly number: number;
  /** Its page, for a browser. */
  readonly page: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly draft: boolean;
  /** The branch it brings, without `refs/heads/`, and the commit it stands at. */
  readonly branch: string;
  readonly head: Sha;
  /** The branch it is for. */
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly reviewers: readonly string[];
  /** The commit that merged it; null when it is not merged. */
  readonly mergedAs: Sha | null;
  /** Login of who merged or closed it; null while it is open, and when the forge does not say. */
  readonly endedBy: string | null;
  /** True when the forge will merge it by itself once everything that is required agrees. */
  readonly mergesItself: boolean;
}

/** What a pull request shall say; `labels` are added to what people put there, never taken away from it. */
export interface WantedPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  /** Every label AutoSync wants on it; of its own labels (`autosync:*`, `risk:*`) others are taken off. */
  readonly labels: readonly string[];
  /** Logins, without `@`; teams as `organisation/team`. Asked for once, when it is opened. */
  readonly assignees: readonly string[];
  readonly reviewers: readonly string[];
}

/** How a pull request is merged. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What came of asking for a merge. */
export type MergeOutcome =
  | { readonly kind: 'merged'; readonly as: Sha }
  /** The forge merges it once the required checks pass. */
  | { readonly kind: 'later' }
  /** `moved`: its head is another commit than was said. */
  | { readonly kind: 'refused'; readonly because: 'moved' | 'not-mergeable' | 'forbidden'; readonly why: string };

/** What stands between a pull request and its base: branch protection, rules and required checks. */
export interface Gates {
  /** Names of required checks, by what they came to on the head. */
  readonly passed: readonly string[];
  readonly pending: readonly string[];
  readonly failed: readonly string[];
  /** Why AutoSync may not merge it whatever the checks say, a sentence each: reviews, a merge queue, a method that is not allowed. */
  readonly closed: readonly string[];
  /** Logins of people whose approval stands. */
  readonly approvedBy: readonly string[];
  /** True when the repository lets pull requests merge by themselves later. */
  readonly mayMergeLater: boolean;
}

/** What a run is about to ask of the forge; preflight says before anything is picked whether it may. */
export interface ForgeNeeds {
  readonly base: string;
  readonly merge: boolean;
  readonly method: MergeMethod;
  /** Are runs of its workflows followed after a landing, their failed jobs run again, and workflows started? */
  readonly follow?: boolean;
}

/** What the target's token may do. */
export interface Preflight {
  readonly login: string | null;
  /** ISO 8601, UTC; null: it does not expire, or the forge does not say. */
  readonly expiresAt: string | null;
  /** May it push changes of workflow files; null: the forge does not say. */
  readonly pushesWorkflows: boolean | null;
  /** Do its pull requests start the target's own CI: those of GitHub Actions' own token do not. */
  readonly startsChecks: boolean;
  /** For `doctor`, each with the way to mend it. A `bad` one stops a run before anything is picked. */
  readonly findings: readonly Finding[];
}

/** One job of a workflow run. */
export interface ForgeJob {
  readonly name: string;
  readonly state: 'queued' | 'running' | 'passed' | 'failed' | 'skipped' | 'cancelled';
  readonly page: string;
}

/** A run of one of the target's workflows. */
export interface ForgeRun {
  readonly id: number;
  readonly workflow: string;
  readonly page: string;
  readonly head: Sha;
  readonly state: 'queued' | 'running' | 'passed' | 'failed' | 'cancelled';
  readonly attempt: number;
  readonly createdAt: string;
}

/**
 * The forge of the target: pull requests, what guards its branches, its workflows. Every method may throw
 * `forge-refused` (the token may not, with the permission to grant), `forge-unreachable` and `cancelled`.
 */
export interface ForgePort {
  readonly repository: ForgeRepository;
  /** Whether everything a run needs is allowed; never writes. */
  preflight(needs: ForgeNeeds, signal: AbortSignal): Promise<Preflight>;
  /** Why it may not open pull requests for `base`, with the way to mend it; null: it may. Opens none. */
  mayOpen(base: string, signal: AbortSignal): Promise<Finding | null>;
  /** Open pull requests for `base` from branches of this repository that start with `prefix`. */
  openPullRequests(base: string, prefix: string, signal: AbortSignal): Promise<readonly PullRequest[]>;
  /** One pull request as it is now; null when there is none of that number. */
  pullRequest(number: number, signal: AbortSignal): Promise<PullRequest | null>;
  /** Opens it, or takes over the one that is open for the branch already; either way it then says what is wanted. */
  openPullRequest(wanted: WantedPullRequest, signal: AbortSignal): Promise<PullRequest>;
  /** Makes an open one say what is wanted; writes only what differs. */
  updatePullRequest(now: PullRequest, wanted: WantedPullRequest, signal: AbortSignal): Promise<PullRequest>;
  /** Adds a comment, once: one with the same text by us is not repeated. */
  comment(number: number, text: string, signal: AbortSignal): Promise<void>;
  /** Closes it with another text; one that is closed or merged already stays as it is. */
  closePullRequest(number: number, body: string, signal: AbortSignal): Promise<void>;
  /** Logins of people who approved a pull request at this head, each by their last word. */
  approvedBy(number: number, head: Sha, signal: AbortSignal): Promise<readonly string[]>;
  gates(now: PullRequest, method: MergeMethod, signal: AbortSignal): Promise<Gates>;
  /** Merges it when its head still is `head`. */
  merge(now: PullRequest, head: Sha, method: MergeMethod, signal: AbortSignal): Promise<MergeOutcome>;
  /** Lets the forge merge it once everything required agrees. */
  mergeLater(now: PullRequest, head: Sha, method: MergeMethod, signal: AbortSignal): Promise<MergeOutcome>;
  /** Takes that back; one that is to merge by itself no more stays as it is. */
  mergeNoLonger(now: PullRequest, signal: AbortSignal): Promise<void>;
  /** Of these logins, those who may be asked: members of the repository, never anybody else. */
  membersOf(logins: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
  /** Logins of who last changed these paths on `base`, latest first; accounts of programs left out. */
  lastEditors(base: string, paths: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
  /** Starts a workflow that is triggered by hand, on `branch`. */
  startWorkflow(
    workflow: string,
    branch: string,
    inputs: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Runs of workflows on a commit, newest first. */
  runsOf(head: Sha, signal: AbortSignal): Promise<readonly ForgeRun[]>;
  jobsOf(run: number, signal: AbortSignal): Promise<readonly ForgeJob[]>;
  /** Runs the failed jobs of a run again. */
  runAgain(run: number, signal: AbortSignal): Promise<void>;
}
