import { commitAt } from '../bare.js';
import { type Call, type Handler, notFound, page, Refusal } from '../call.js';
import { startRun } from '../happenings.js';
import { type JsonObject, objectAt, textAt } from '../json.js';
import { advance, beRead, rerunFailed } from '../running.js';
import { runView } from '../views.js';
import type { Check, Run, Workflow } from '../world.js';

function workflowOf(call: Call): Workflow {
  const name = call.values['workflow_id'] ?? '';
  const found = call.repository.workflows.find(
    ({ id, path }) => String(id) === name || path.slice(path.lastIndexOf('/') + 1) === name,
  );
  if (found === undefined) throw notFound();
  return found;
}

function runOf(call: Call): Run {
  const found = call.repository.runs.find(({ id }) => String(id) === call.values['run_id']);
  if (found === undefined) throw notFound();
  return found;
}

function workflowView(call: Call, workflow: Workflow): JsonObject {
  const url = `${call.world.origin}/repos/${call.repository.fullName}/actions/workflows/${workflow.id}`;
  return call.world.shape('workflow', {
    id: workflow.id,
    node_id: `W_${workflow.id}`,
    name: workflow.name,
    path: workflow.path,
    state: 'active',
    created_at: call.world.now(),
    updated_at: call.world.now(),
    url,
    html_url: url,
    badge_url: url,
  });
}

const workflows: Handler = (call) => {
  const all = call.repository.workflows.map((workflow) => workflowView(call, workflow));
  return page(call, all, (items) => ({ total_count: all.length, workflows: items }));
};

const workflow: Handler = (call) => ({ status: 200, body: workflowView(call, workflowOf(call)) });

const dispatch: Handler = (call) => {
  const { world, repository, body } = call;
  const found = workflowOf(call);
  if (!found.on.includes('workflow_dispatch')) {
    throw new Refusal(422, "Workflow does not have 'workflow_dispatch' trigger");
  }
  const branch = (textAt(body, 'ref') ?? '').replace(/^refs\/heads\//, '');
  const sha = commitAt(repository.folder, `refs/heads/${branch}`);
  if (sha === null) throw new Refusal(422, `No ref found for: ${branch}`);
  const inputs = objectAt(body, 'inputs');
  const unknown = Object.keys(inputs).filter((name) => found.inputs?.includes(name) !== true);
  if (unknown.length > 0) throw new Refusal(422, `Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const run = startRun(world, repository, found, {
    event: 'workflow_dispatch',
    branch,
    sha,
    actor: call.login,
    inputs: { ...inputs },
  });
  if (body['return_run_details'] !== true) return { status: 204 };
  const { url, html_url } = runView(world, repository, run);
  return { status: 200, body: { workflow_run_id: run.id, run_url: url, html_url } };
};

function listed(call: Call, of: (run: Run) => boolean): ReturnType<Handler> {
  const { world, repository, query } = call;
  const found = repository.runs
    .filter(
      (run) =>
        of(run) &&
        (query['branch'] ?? run.branch) === run.branch &&
        (query['event'] ?? run.event) === run.event &&
        (query['head_sha'] ?? run.sha) === run.sha &&
        (query['actor'] ?? run.actor) === run.actor &&
        [run.status, run.conclusion, undefined].includes(query['status'] as never),
    )
    .reverse();
  for (const run of found) beRead(world, repository, run);
  const views = found.map((run) => runView(world, repository, run));
  return page(call, views, (items) => ({ total_count: found.length, workflow_runs: items }));
}

const runs: Handler = (call) => listed(call, () => true);

const runsOfWorkflow: Handler = (call) => {
  const { id } = workflowOf(call);
  return listed(call, (run) => run.workflow.id === id);
};

const run: Handler = (call) => {
  const found = runOf(call);
  beRead(call.world, call.repository, found);
  return { status: 200, body: runView(call.world, call.repository, found) };
};

function jobView(call: Call, of: Run, job: Check): JsonObject {
  const url = `${call.world.origin}/repos/${call.repository.fullName}/actions/jobs/${job.id}`;
  return call.world.shape('job', {
    id: job.id,
    run_id: of.id,
    run_attempt: of.attempt,
    node_id: `CR_${job.id}`,
    head_sha: job.sha,
    head_branch: of.branch,
    workflow_name: of.workflow.name,
    name: job.name,
    status: job.status,
    conclusion: job.conclusion,
    url,
    html_url: url,
    run_url: `${call.world.origin}/repos/${call.repository.fullName}/actions/runs/${of.id}`,
    check_run_url: url,
    created_at: of.createdAt,
    started_at: of.createdAt,
    completed_at: job.status === 'completed' ? call.world.now() : null,
    steps: [],
  });
}

const jobs: Handler = (call) => {
  const found = runOf(call);
  const views = found.jobs.map((job) => jobView(call, found, job));
  return page(call, views, (items) => ({ total_count: views.length, jobs: items }));
};

const rerun: Handler = (call) => {
  const found = runOf(call);
  if (found.status !== 'completed') throw new Refusal(403, 'This workflow is already running');
  if (found.conclusion === 'success') throw new Refusal(403, 'The workflow run cannot be retried: no job failed');
  rerunFailed(call.world, found);
  return { status: 201, body: {} };
};

const cancel: Handler = (call) => {
  const found = runOf(call);
  if (found.status === 'completed') throw new Refusal(409, 'Cannot cancel a workflow run that is completed.');
  advance(call.world, call.repository, found, 'cancelled');
  return { status: 202, body: {} };
};

const permissions: Handler = (call) => ({
  status: 200,
  body: {
    default_workflow_permissions: 'read',
    can_approve_pull_request_reviews: call.repository.declared.actionsMayCreatePullRequests !== false,
  },
});

/** Answers of the operations on workflows and their runs. */
export const actionRoutes: Readonly<Record<string, Handler>> = {
  'actions/list-repo-workflows': workflows,
  'actions/get-workflow': workflow,
  'actions/create-workflow-dispatch': dispatch,
  'actions/list-workflow-runs-for-repo': runs,
  'actions/list-workflow-runs': runsOfWorkflow,
  'actions/get-workflow-run': run,
  'actions/list-jobs-for-workflow-run': jobs,
  'actions/re-run-workflow-failed-jobs': rerun,
  'actions/cancel-workflow-run': cancel,
  'actions/get-github-actions-default-workflow-permissions-repository': permissions,
};
