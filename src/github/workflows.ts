import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Sha } from '../core/commit.js';
import type { ForgeJob, ForgeRun } from '../core/forgePort.js';
import type { Client } from './client.js';
import { allPages } from './client.js';

type RawRun = RestEndpointMethodTypes['actions']['getWorkflowRun']['response']['data'];
type RawJob = RestEndpointMethodTypes['actions']['listJobsForWorkflowRun']['response']['data']['jobs'][number];

/** How often a run that may have been started is looked for before it is started again: GitHub takes seconds to list it. */
const LOOKS = 3;

/** Starts a workflow that is triggered by hand. When the answer is lost, the run is looked for before anything is repeated. */
export async function startWorkflow(
  client: Client,
  workflow: string,
  branch: string,
  inputs: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const before = await latestStarted(client, workflow, branch, signal);
  let lost: unknown = null;
  let looks = 0;
  await client.settle(signal, async () => {
    if (lost !== null) {
      if ((await latestStarted(client, workflow, branch, signal)) > before) return;
      looks += 1;
      if (looks < LOOKS) throw lost;
    }
    try {
      await client.write('write-actions', signal, (octokit, at) =>
        octokit.rest.actions.createWorkflowDispatch({
          ...at,
          workflow_id: workflow,
          ref: branch,
          inputs: { ...inputs },
        }),
      );
    } catch (error) {
      lost = error;
      throw error;
    }
  });
}

/** Id of the newest run that was started by hand; 0 when there is none. Ids only grow. */
async function latestStarted(client: Client, workflow: string, branch: string, signal: AbortSignal): Promise<number> {
  const { data } = await client.read('read-actions', signal, (octokit, at) =>
    octokit.rest.actions.listWorkflowRuns({
      ...at,
      workflow_id: workflow,
      branch,
      event: 'workflow_dispatch',
      per_page: 1,
    }),
  );
  return Math.max(0, ...data.workflow_runs.map((run) => run.id));
}

/** Runs of workflows on a commit, newest first. */
export async function runsOf(client: Client, head: Sha, signal: AbortSignal): Promise<readonly ForgeRun[]> {
  const raw = await allPages((page) =>
    client.read('read-actions', signal, async (octokit, at) => {
      const answer = await octokit.rest.actions.listWorkflowRunsForRepo({ ...at, head_sha: head, per_page: 100, page });
      return { rows: answer.data.workflow_runs, headers: answer.headers };
    }),
  );
  return raw.toSorted((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id).map(readRun);
}

/** Jobs of the latest attempt of a run. */
export async function jobsOf(client: Client, run: number, signal: AbortSignal): Promise<readonly ForgeJob[]> {
  const raw = await allPages((page) =>
    client.read('read-actions', signal, async (octokit, at) => {
      const asked = { ...at, run_id: run, filter: 'latest' as const, per_page: 100, page };
      const answer = await octokit.rest.actions.listJobsForWorkflowRun(asked);
      return { rows: answer.data.jobs, headers: answer.headers };
    }),
  );
  return raw.map(readJob);
}

/** Runs the failed jobs of a run again, unless it runs again already. */
export async function runAgain(client: Client, run: number, signal: AbortSignal): Promise<void> {
  await client.settle(signal, async () => {
    const { data } = await client.read('read-actions', signal, (octokit, at) =>
      octokit.rest.actions.getWorkflowRun({ ...at, run_id: run }),
    );
    if (data.status !== 'completed') return;
    await client.write('write-actions', signal, (octokit, at) =>
      octokit.rest.actions.reRunWorkflowFailedJobs({ ...at, run_id: run }),
    );
  });
}

/** The name of a workflow's file is what starts it; its title may be anything. */
const fileOf = (run: RawRun): string => run.path.replace(/@.*$/, '').split('/').pop() || (run.name ?? '');

function readRun(run: RawRun): ForgeRun {
  const state = stateOf(run.status, run.conclusion);
  return {
    id: run.id,
    workflow: fileOf(run),
    page: run.html_url,
    head: run.head_sha,
    state: state === 'skipped' ? 'passed' : state,
    attempt: run.run_attempt ?? 1,
    createdAt: run.created_at,
  };
}

function readJob(job: RawJob): ForgeJob {
  return { name: job.name, state: stateOf(job.status, job.conclusion), page: job.html_url ?? '' };
}

/** GitHub's status and conclusion in one word; a conclusion that is unknown here counts as failed. */
export function stateOf(status: string | null, conclusion: string | null): ForgeJob['state'] {
  if (status === 'in_progress') return 'running';
  if (status !== 'completed') return 'queued';
  if (conclusion === 'success' || conclusion === 'neutral') return 'passed';
  return conclusion === 'skipped' || conclusion === 'cancelled' ? conclusion : 'failed';
}
