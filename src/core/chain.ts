import picomatch from 'picomatch';
import { CHAIN_STAGES, type ChainConfig, type ChainStage } from './config.js';
import { parseDuration } from './duration.js';
import type { ChainState, StageState } from './facts.js';
import type { ForgeJob, ForgeRun } from './forgePort.js';

/** A run of the forge with its jobs. */
export interface SeenRun {
  readonly run: ForgeRun;
  readonly jobs: readonly ForgeJob[];
}

/** What is due in a chain. `failed` stages of integration tests are told and stop nothing. */
export type ChainStep =
  | { readonly kind: 'wait'; readonly outcome: string }
  /** Run the failed jobs of these runs again. */
  | { readonly kind: 'retry'; readonly runs: readonly ForgeRun[]; readonly outcome: string }
  | { readonly kind: 'roll-back'; readonly outcome: string }
  | { readonly kind: 'end'; readonly state: 'passed' | 'failed' | 'abandoned'; readonly outcome: string };

/** How long a run of a workflow may take to be seen after what starts it, in milliseconds. */
const SLOW_START = 10 * 60_000;

const NAMES: Readonly<Record<ChainStage, string>> = {
  build: 'the build',
  unitTest: 'unit tests',
  integrationTest: 'integration tests',
  deploy: 'the deployment',
  report: 'the report',
};

const isOver = ({ state }: Pick<ForgeRun, 'state'>): boolean => state !== 'queued' && state !== 'running';
/** What was cancelled did not fail: a newer push cancels the runs of an older one. */
const isBad = ({ state }: ForgeJob): boolean => state === 'failed';

/** A stage's name in a sentence. */
export const stageName = (stage: ChainStage): string => NAMES[stage];

/** The stage a job counts for: the first one with a glob that fits its name, in any letter case; null when none does. */
export function stageOf(job: string, stages: ChainConfig['stages']): ChainStage | null {
  // A slash in the name of a job is no folder: it stands between a workflow and the one it calls.
  const name = job.replaceAll('/', ' ');
  const fits = (glob: string): boolean =>
    picomatch.isMatch(name, glob.replaceAll('/', ' '), { nocase: true, dot: true });
  return CHAIN_STAGES.find((stage) => stages[stage].some(fits)) ?? null;
}

function stateOf(jobs: readonly ForgeJob[]): StageState['state'] {
  if (jobs.some(isBad)) return 'failed';
  if (jobs.some(({ state }) => state === 'queued' || state === 'running')) return 'running';
  if (jobs.some(({ state }) => state === 'cancelled')) return 'cancelled';
  return jobs.every(({ state }) => state === 'skipped') ? 'skipped' : 'passed';
}

/** The stages that were seen, in their order. */
export function stagesOf(seen: readonly SeenRun[], stages: ChainConfig['stages']): readonly StageState[] {
  const jobs = seen.flatMap((one) => one.jobs);
  return CHAIN_STAGES.flatMap((stage): readonly StageState[] => {
    const own = jobs.filter(({ name }) => stageOf(name, stages) === stage);
    const [first] = own;
    if (first === undefined) return [];
    const { page } = own.find(isBad) ?? first;
    return [{ stage, state: stateOf(own), page: page === '' ? null : page }];
  });
}

/** Runs in which a job of a stage failed. */
const failedIn = (seen: readonly SeenRun[], stage: ChainStage, stages: ChainConfig['stages']): readonly ForgeRun[] =>
  seen
    .filter(({ jobs }) => jobs.some((job) => isBad(job) && stageOf(job.name, stages) === stage))
    .map(({ run }) => run);

/** What failed unit tests lead to: one more try of each run, when it is over; then the end. */
function afterUnitTests(chain: ChainState, failed: readonly ForgeRun[]): ChainStep {
  const triedAgain = ({ id, attempt }: ForgeRun): boolean =>
    chain.retried.some((one) => one.run === id && one.attempt < attempt);
  if (failed.some((run) => isOver(run) && triedAgain(run)))
    return end('failed', 'Unit tests failed, also when they were run again.');
  const runs = failed.filter((run) => isOver(run) && !triedAgain(run));
  if (runs.length === 0) return { kind: 'wait', outcome: 'Unit tests failed; the rest of the run is waited for.' };
  return { kind: 'retry', runs, outcome: 'Unit tests failed and are run again, once.' };
}

const end = (state: 'passed' | 'failed' | 'abandoned', outcome: string): ChainStep => ({ kind: 'end', state, outcome });

function nothingYet(chain: ChainState, now: number): ChainStep {
  if (now - Date.parse(chain.since) <= SLOW_START) return { kind: 'wait', outcome: 'No workflow was seen on it yet.' };
  return end('abandoned', chain.workflow === null ? 'No workflow ran on it.' : `${chain.workflow} did not start.`);
}

/** What it came to once every run is over. */
function ending(seen: readonly SeenRun[], stages: readonly StageState[]): ChainStep {
  const failed = stages.filter(({ state }) => state === 'failed').map(({ stage }) => NAMES[stage]);
  if (failed.length > 0) return end('failed', `All ran, but ${failed.join(' and ')} failed.`);
  const cancelled = seen.find(({ run }) => run.state === 'cancelled');
  if (cancelled !== undefined) return end('abandoned', `${cancelled.run.workflow} was cancelled.`);
  const red = seen.find(({ run }) => run.state === 'failed');
  if (red !== undefined) return end('failed', `${red.run.workflow} failed in a job that is of no stage.`);
  return end('passed', 'All of it passed.');
}

/** True when nothing more is to come: a workflow that starts after another one may not be there at once. */
function isSettled(seen: readonly SeenRun[], stages: readonly StageState[], now: number): boolean {
  if (!seen.every(({ run }) => isOver(run))) return false;
  if (stages.some(({ stage }) => stage === 'deploy' || stage === 'report')) return true;
  return seen.every(({ run }) => now - Date.parse(run.createdAt) > SLOW_START);
}

/**
 * What is due in a chain by what was seen of it (design: product, "land"): a build that fails ends it, unit tests are
 * run again once, integration tests are told of, a deployment that fails is rolled back. `now` in milliseconds.
 */
export function chainStep(chain: ChainState, seen: readonly SeenRun[], config: ChainConfig, now: number): ChainStep {
  const stages = stagesOf(seen, config.stages);
  const has = (stage: ChainStage): boolean => stages.some((one) => one.stage === stage && one.state === 'failed');
  if (has('deploy')) return { kind: 'roll-back', outcome: 'The deployment failed.' };
  if (has('build')) return end('failed', 'The build failed.');
  if (has('unitTest')) {
    const step = afterUnitTests(chain, failedIn(seen, 'unitTest', config.stages));
    if (step.kind !== 'wait') return step;
  }
  if (now - Date.parse(chain.since) > parseDuration(config.patience))
    return end('abandoned', `It took longer than ${config.patience} and is not watched any more.`);
  if (seen.length === 0) return nothingYet(chain, now);
  if (isSettled(seen, stages, now)) return ending(seen, stages);
  const running = stages.find(({ state }) => state === 'running');
  return { kind: 'wait', outcome: running === undefined ? 'It runs.' : `It is at ${NAMES[running.stage]}.` };
}
