import type { Sha } from '../core/commit.js';
import type { Client } from './client.js';
import { allPages } from './client.js';
import type { RequiredCheck } from './guard.js';
import { refusalStatus } from './refusal.js';

/** What a check or a status came to on a commit. */
export interface Result {
  readonly name: string;
  /** The application that reports it; null for a status, which has none. */
  readonly app: number | null;
  readonly outcome: 'passed' | 'pending' | 'failed';
}

/** Conclusions that branch protection takes for passed (docs.github.com, "About protected branches"). */
const FINE = new Set(['success', 'neutral', 'skipped']);

/** Latest results on a commit, of both kinds GitHub knows: check runs and statuses. */
export async function headResults(client: Client, head: Sha, signal: AbortSignal): Promise<readonly Result[]> {
  const [runs, statuses] = await Promise.all([
    unlessHidden(checkRuns(client, head, signal)),
    unlessHidden(statusesOf(client, head, signal)),
  ]);
  return [...runs, ...statuses];
}

/** A token that may see only one kind waits for the other: a required check that is not seen is pending. */
async function unlessHidden(results: Promise<readonly Result[]>): Promise<readonly Result[]> {
  try {
    return await results;
  } catch (error) {
    if (refusalStatus(error) === 403) return [];
    throw error;
  }
}

async function checkRuns(client: Client, head: Sha, signal: AbortSignal): Promise<readonly Result[]> {
  const raw = await allPages((page) =>
    client.read('read-checks', signal, async (octokit, at) => {
      const answer = await octokit.rest.checks.listForRef({ ...at, ref: head, filter: 'latest', per_page: 100, page });
      return { rows: answer.data.check_runs, headers: answer.headers };
    }),
  );
  const latest = new Map<string, (typeof raw)[number]>();
  for (const run of raw) {
    const key = `${run.app?.id ?? ''} ${run.name}`;
    if ((latest.get(key)?.id ?? -1) < run.id) latest.set(key, run);
  }
  return [...latest.values()].map((run) => ({
    name: run.name,
    app: run.app?.id ?? null,
    outcome: run.status !== 'completed' ? 'pending' : FINE.has(run.conclusion ?? '') ? 'passed' : 'failed',
  }));
}

async function statusesOf(client: Client, head: Sha, signal: AbortSignal): Promise<readonly Result[]> {
  const raw = await allPages((page) =>
    client.read('read-statuses', signal, async (octokit, at) => {
      const answer = await octokit.rest.repos.getCombinedStatusForRef({ ...at, ref: head, per_page: 100, page });
      return { rows: answer.data.statuses, headers: answer.headers };
    }),
  );
  return raw.map(({ context, state }) => ({
    name: context,
    app: null,
    outcome: state === 'success' ? 'passed' : state === 'pending' ? 'pending' : 'failed',
  }));
}

/** What a required check came to: everything of its name must pass; what nobody reported yet is pending. */
export function outcomeOf(check: RequiredCheck, results: readonly Result[]): Result['outcome'] {
  const its = results.filter(
    ({ name, app }) => name === check.name && (check.app === null || app === null || app === check.app),
  );
  if (its.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return its.length > 0 && its.every(({ outcome }) => outcome === 'passed') ? 'passed' : 'pending';
}
