import type { Gates, MergeMethod, PullRequest } from '../core/forgePort.js';
import type { Client } from './client.js';
import type { Guard } from './guard.js';
import { headResults, outcomeOf } from './results.js';
import { approversOf } from './reviews.js';
import { guardOf } from './rules.js';

/** How the repository itself lets pull requests merge. */
export interface MergeSettings {
  readonly methods: readonly MergeMethod[];
  /** May they merge by themselves later. */
  readonly later: boolean;
}

/** What stands between a pull request and its base, at the head it has now. */
export async function gates(
  client: Client,
  now: PullRequest,
  method: MergeMethod,
  signal: AbortSignal,
): Promise<Gates> {
  const [settings, guard, reviews] = await Promise.all([
    mergeSettings(client, signal),
    guardOf(client, now.base, signal),
    approversOf(client, now.number, signal),
  ]);
  // Where nothing is required, what ran does not matter.
  const results = guard.checks.length === 0 ? [] : await headResults(client, now.head, signal);
  const outcomes = guard.checks.map((check) => ({ name: check.name, outcome: outcomeOf(check, results) }));
  const named = (wanted: string): readonly string[] =>
    outcomes.filter(({ outcome }) => outcome === wanted).map(({ name }) => name);
  return {
    passed: named('passed'),
    pending: named('pending'),
    failed: named('failed'),
    closed: [
      ...(now.draft ? ['It is a draft.'] : []),
      ...closedBy(guard, settings, method),
      ...reviewsMissing(guard.approvals, reviews.approved, reviews.objected),
    ],
    approvedBy: reviews.approved,
    mayMergeLater: settings.later,
  };
}

/** Reasons that hold for every pull request for the branch, whoever approves it. */
export function closedBy(guard: Guard, settings: MergeSettings, method: MergeMethod): readonly string[] {
  const allowed = settings.methods.filter((one) => guard.methods.includes(one));
  if (allowed.includes(method)) return guard.closed;
  const instead = allowed.length === 0 ? 'no way at all' : allowed.map((one) => `"${one}"`).join(' or ');
  return [...guard.closed, `Merging by "${method}" is not allowed here, ${instead} is.`];
}

/** Reviews that rules ask for and that are not there. */
export function reviewsMissing(
  needed: number,
  approved: readonly string[],
  objected: readonly string[],
): readonly string[] {
  const missing = needed - approved.length;
  const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
  return [
    ...(missing > 0
      ? [`The branch asks for the approval of ${people(needed)}, ${people(missing)} still to come.`]
      : []),
    ...objected.map((login) => `${login} asked for changes.`),
  ];
}

/** How the repository's settings let pull requests merge; only who may push is told, so silence means allowed. */
export async function mergeSettings(client: Client, signal: AbortSignal): Promise<MergeSettings> {
  const { data } = await client.read('metadata', signal, (octokit, at) => octokit.rest.repos.get({ ...at }));
  const allowed: Readonly<Record<MergeMethod, boolean>> = {
    merge: data.allow_merge_commit ?? true,
    squash: data.allow_squash_merge ?? true,
    rebase: data.allow_rebase_merge ?? true,
  };
  const methods = (['merge', 'squash', 'rebase'] as const).filter((method) => allowed[method]);
  return { methods, later: data.allow_auto_merge ?? false };
}
