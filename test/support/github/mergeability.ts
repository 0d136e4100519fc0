import { contains, mergedTree, tipOf } from './bare.js';
import type { Protection } from './declared.js';
import type { Check, Pull, Repository } from './world.js';

/** What stands in the way of a merge, in GitHub's words for `mergeable_state`. */
export type MergeState = 'draft' | 'dirty' | 'blocked' | 'behind' | 'unstable' | 'clean';

/** A verdict on a pull request. */
export interface Mergeability {
  readonly state: MergeState;
  /** What a merge is refused with; null when it is not. */
  readonly refusal: string | null;
}

/** Checks of a commit: what was reported by itself, and the jobs of the newest attempt of each run; oldest first. */
export function checksOf(repository: Repository, sha: string): readonly Check[] {
  const jobs = repository.runs.filter((run) => run.sha === sha).flatMap((run) => run.jobs);
  const all = [...repository.checks.filter((check) => check.sha === sha), ...jobs];
  return all.sort((one, other) => one.id - other.id);
}

/** What each check name of a commit says by its newest report: `success`, `failure`, or `pending`. */
export function outcomesOf(
  repository: Repository,
  sha: string,
): ReadonlyMap<string, 'success' | 'failure' | 'pending'> {
  const good = new Set(['success', 'neutral', 'skipped']);
  const checks = checksOf(repository, sha).map(({ name, status, conclusion }) => {
    if (status !== 'completed') return [name, 'pending'] as const;
    return [name, good.has(conclusion ?? '') ? 'success' : 'failure'] as const;
  });
  const statuses = repository.statuses
    .filter((status) => status.sha === sha)
    .map(({ context, state }) => [context, state === 'error' ? 'failure' : state] as const);
  return new Map([...checks, ...statuses]);
}

/** Protection and rulesets of a branch together. */
export function guardsOf(repository: Repository, branch: string): readonly Protection[] {
  return [repository.protection.get(branch), repository.rules.get(branch)].filter((guard) => guard !== undefined);
}

function approvalsOf(pull: Pull): number {
  const newest = new Map(
    pull.reviews.filter(({ state }) => state !== 'COMMENTED').map((one) => [one.login, one.state]),
  );
  return [...newest.values()].filter((state) => state === 'APPROVED').length;
}

function guardRefusal(repository: Repository, pull: Pull, guard: Protection): string | null {
  const outcomes = outcomesOf(repository, pull.headSha);
  for (const name of guard.requiredChecks ?? []) {
    if (outcomes.get(name) === 'failure') return `Required status check "${name}" is failing.`;
    if (outcomes.get(name) === 'pending') return `Required status check "${name}" is in progress.`;
    if (outcomes.get(name) === undefined) return `Required status check "${name}" is expected.`;
  }
  const needed = guard.requiredApprovals ?? 0;
  if (approvalsOf(pull) >= needed) return null;
  return `At least ${needed} approving review${needed === 1 ? ' is' : 's are'} required by reviewers with write access.`;
}

/** Asks git and the guards of the base whether a pull request may be merged now. */
export function mergeabilityOf(repository: Repository, pull: Pull): Mergeability {
  const base = tipOf(repository.folder, pull.base) ?? pull.baseSha;
  if (pull.draft) return { state: 'draft', refusal: 'Pull Request is still a draft' };
  if (mergedTree(repository.folder, base, pull.headSha) === null) {
    return { state: 'dirty', refusal: 'Pull Request is not mergeable' };
  }
  const guards = guardsOf(repository, pull.base);
  const refusal = guards.map((guard) => guardRefusal(repository, pull, guard)).find((reason) => reason !== null);
  if (refusal !== undefined) return { state: 'blocked', refusal };
  if (guards.some((guard) => guard.strict) && !contains(repository.folder, pull.headSha, base)) {
    return { state: 'behind', refusal: 'Head branch is out of date. Review and try the merge again.' };
  }
  const outcomes = [...outcomesOf(repository, pull.headSha).values()];
  return { state: outcomes.every((outcome) => outcome === 'success') ? 'clean' : 'unstable', refusal: null };
}
