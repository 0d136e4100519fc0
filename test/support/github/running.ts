import type { Conclusion } from './declared.js';
import { settle } from './merging.js';
import type { Check, Repository, Run, World } from './world.js';

/** Where a run goes: it starts, or it ends with one conclusion for all jobs, or with one for each job by name. */
export type Advance = 'in_progress' | Conclusion | Readonly<Record<string, Conclusion>>;

function ended(jobs: readonly Check[]): Conclusion {
  const bad = jobs.find(({ conclusion }) => !['success', 'neutral', 'skipped'].includes(conclusion ?? ''));
  return bad?.conclusion ?? 'success';
}

/** Moves a run, its jobs and their checks; a pull request that waits for them by auto-merge is merged. */
export function advance(world: World, repository: Repository, run: Run, to: Advance): void {
  const open = run.jobs.filter((job) => job.status !== 'completed');
  if (to === 'in_progress') {
    run.status = 'in_progress';
    for (const job of open) job.status = 'in_progress';
    return;
  }
  for (const job of open) {
    job.status = 'completed';
    job.conclusion = typeof to === 'string' ? to : (to[job.name] ?? 'success');
  }
  run.status = 'completed';
  run.conclusion = ended(run.jobs);
  settle(world, repository);
}

/** Somebody reads a run: one that moves by itself takes its next step. */
export function beRead(world: World, repository: Repository, run: Run): void {
  const step = run.workflow.onRead?.[run.steps];
  if (run.status === 'completed' || step === undefined) return;
  run.steps += 1;
  advance(world, repository, run, step);
}

/** Starts the jobs again that failed, as the next attempt. */
export function rerunFailed(world: World, run: Run): void {
  run.attempt += 1;
  run.status = 'queued';
  run.conclusion = null;
  run.steps = 0;
  run.jobs = run.jobs.map((job) =>
    job.conclusion === 'success' ? job : { ...job, id: world.nextId(), status: 'queued', conclusion: null },
  );
}
