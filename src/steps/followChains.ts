import { chainStep, type SeenRun, stageName, stagesOf } from '../core/chain.js';
import type { Config } from '../core/config.js';
import { parseDuration } from '../core/duration.js';
import { isProblem } from '../core/errors.js';
import type { ChainState, LandingState } from '../core/facts.js';
import type { ForgeRun } from '../core/forgePort.js';
import type { Ports } from '../core/ports.js';
import { offerReport } from './chainReport.js';
import { landingsOf, offerRollback } from './chainRevert.js';
import { takenBack } from './takenBack.js';
import type { Visit } from './visit.js';

/** What following the target's CI needs. */
export interface FollowRequest {
  readonly run: string;
  readonly config: Config;
  /** False: only look where it is; nothing is started, run again or opened. */
  readonly acts: boolean;
  readonly signal: AbortSignal;
}

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress' | 'notify'>;

/**
 * Follows the target's CI after landings: looks once where each chain is, does what is due, and remembers it, so that
 * the next run goes on. What goes wrong with it never fails a run. Returns what to say of it.
 */
export async function followChains(
  tools: Tools,
  visit: Visit | null,
  request: FollowRequest,
): Promise<readonly string[]> {
  if (visit === null || !request.config.chain.follow) return [];
  const notes: string[] = request.acts ? [...(await settleReverts(tools))] : [];
  for (const chain of newChains(tools, request.config)) await tools.store.record([{ kind: 'chain', chain }]);
  for (const chain of tools.store.chains().filter(({ state }) => state === 'running')) {
    tools.progress({ phase: 'land', sibling: null, doing: `looking at the CI of run ${chain.run}` });
    notes.push(...(await follow(tools, visit, request, chain).catch(unfollowed(chain))));
  }
  return notes;
}

/** A chain that cannot be followed now is looked at again by the next run. */
const unfollowed =
  ({ run }: ChainState) =>
  (error: unknown): readonly string[] => {
    if (!isProblem(error) || error.code === 'cancelled') throw error;
    return [`CI after run ${run} could not be followed: ${error.message}`];
  };

/** The landings of a run make one chain, at the commit where the last of them left the branch. */
function newChains(tools: Tools, { chain: config }: Config): readonly ChainState[] {
  const now = tools.clock();
  const ref = `refs/heads/${tools.git.target.branch}`;
  const known = new Set(tools.store.chains().flatMap(({ landings }) => landings));
  const fresh = tools.store
    .landings()
    .filter(({ how, phase }) => phase === 'done' && (how === 'auto-merge' || how === 'apply'))
    .filter(({ id, at }) => !known.has(id) && now - Date.parse(at) <= parseDuration(config.patience))
    .filter(({ refs }) => refs.some((one) => one.ref === ref));
  return [...new Set(fresh.map(({ run }) => run))].map((run) => {
    const landings = fresh.filter((landing) => landing.run === run);
    return newChain(landings, config.workflow, new Date(now).toISOString());
  });
}

function newChain(landings: readonly LandingState[], workflow: string | null, since: string): ChainState {
  const last = landings.at(-1);
  const head = last?.refs[0]?.after ?? '';
  return {
    ...{ head, run: last?.run ?? '', landings: landings.map(({ id }) => id), since, state: 'running', workflow },
    ...{ watched: workflow === null ? { head, after: 0 } : null, stages: [], retried: [], told: [] },
    ...{ revert: null, report: null, outcome: 'It begins.' },
  };
}

/** What a person merged of our reverts is undone, as if it had been asked for. */
async function settleReverts(tools: Tools): Promise<readonly string[]> {
  const merged = new Set(
    tools.store
      .pullRequests()
      .flatMap(({ lane, state, number }) => (lane === 'revert' && state === 'merged' ? [number] : [])),
  );
  const notes: string[] = [];
  for (const chain of tools.store.chains().filter(({ revert }) => revert !== null && merged.has(revert))) {
    const landings = landingsOf(tools, chain);
    if (landings.length === 0) continue;
    await tools.store.record(await takenBack(tools, landings, `the deployment of run ${chain.run} failed`));
    notes.push(`Run ${chain.run} was taken back by pull request #${chain.revert}; what it brought is declined.`);
  }
  return notes;
}

/** Makes sure that there is something to watch; null when the workflow is not started yet. */
async function begun(
  tools: Tools,
  visit: Visit,
  request: FollowRequest,
  chain: ChainState,
): Promise<ChainState | null> {
  if (chain.watched !== null || chain.workflow === null) return chain;
  if (!request.acts) return null;
  const { head } = await tools.git.askUpstream(request.signal);
  const before = await visit.forge.runsOf(head, request.signal);
  const started: ChainState = { ...chain, watched: { head, after: Math.max(0, ...before.map(({ id }) => id)) } };
  // Written down first: at most one is started, whatever happens then.
  await tools.store.record([{ kind: 'chain', chain: started }]);
  await visit.forge.startWorkflow(chain.workflow, tools.git.target.branch, {}, request.signal);
  return started;
}

async function seenOf(visit: Visit, chain: ChainState, signal: AbortSignal): Promise<readonly SeenRun[]> {
  const { watched, workflow } = chain;
  if (watched === null) return [];
  const runs = await visit.forge.runsOf(watched.head, signal);
  const own = runs.filter(({ id, workflow: file }) => id > watched.after && (workflow === null || file === workflow));
  const seen: SeenRun[] = [];
  for (const run of own) seen.push({ run, jobs: await visit.forge.jobsOf(run.id, signal) });
  return seen;
}

async function follow(
  tools: Tools,
  visit: Visit,
  request: FollowRequest,
  stored: ChainState,
): Promise<readonly string[]> {
  const chain = await begun(tools, visit, request, stored);
  if (chain === null) return [];
  const seen = await seenOf(visit, chain, request.signal);
  const step = chainStep(chain, seen, request.config.chain, tools.clock());
  const told = tell(tools, { ...chain, stages: stagesOf(seen, request.config.chain.stages) });
  const next: ChainState = { ...told, outcome: step.outcome };
  switch (step.kind) {
    case 'wait':
      return remember(tools, stored, next);
    case 'retry':
      return retry(tools, visit, request, stored, next, step.runs);
    case 'roll-back':
      return rollBack(tools, visit, request, stored, next);
    case 'end': {
      const ended: ChainState = { ...next, state: step.state };
      if (step.state !== 'passed' || request.config.chain.reportFile === null) return remember(tools, stored, ended);
      if (!request.acts) return remember(tools, stored, { ...next, state: 'running' });
      return remember(tools, stored, {
        ...ended,
        report: await offerReport(tools, visit, { ...request, chain: ended }),
      });
    }
  }
}

/** Integration tests that fail stop nothing, but a person is told, once. */
function tell(tools: Tools, chain: ChainState): ChainState {
  const failed = chain.stages.find(({ stage, state }) => stage === 'integrationTest' && state === 'failed');
  if (failed === undefined || chain.told.includes('integrationTest')) return chain;
  const what = `After run ${chain.run} landed, ${stageName('integrationTest')} failed.`;
  tools.notify({ level: 'warning', what, page: failed.page });
  return { ...chain, told: [...chain.told, 'integrationTest'] };
}

/** Records a chain that changed, and says so. */
async function remember(tools: Tools, before: ChainState, chain: ChainState): Promise<readonly string[]> {
  if (JSON.stringify(before) !== JSON.stringify(chain)) await tools.store.record([{ kind: 'chain', chain }]);
  if (before.state === chain.state && before.outcome === chain.outcome) return [];
  if (chain.state === 'running') return [`CI after run ${chain.run}: ${chain.outcome}`];
  const level = chain.state === 'passed' ? 'info' : chain.state === 'failed' ? 'error' : 'warning';
  const page = chain.stages.find(({ state }) => state === 'failed')?.page ?? null;
  tools.notify({ level, what: `CI after run ${chain.run}: ${chain.outcome}`, page });
  return [];
}

/** A run that did not begin again since it was asked is asked again: the forge starts it once. */
async function retry(
  tools: Tools,
  visit: Visit,
  { acts, signal }: FollowRequest,
  before: ChainState,
  chain: ChainState,
  runs: readonly ForgeRun[],
): Promise<readonly string[]> {
  if (!acts) return [];
  const others = chain.retried.filter(({ run }) => !runs.some(({ id }) => id === run));
  const retried = [...others, ...runs.map(({ id: run, attempt }) => ({ run, attempt }))];
  const notes = await remember(tools, before, { ...chain, retried });
  for (const { id } of runs) await visit.forge.runAgain(id, signal);
  return notes;
}

async function rollBack(
  tools: Tools,
  visit: Visit,
  request: FollowRequest,
  before: ChainState,
  chain: ChainState,
): Promise<readonly string[]> {
  if (!request.acts) return remember(tools, before, chain);
  const made = await offerRollback(tools, visit, { ...request, chain });
  if (typeof made === 'string')
    return remember(tools, before, {
      ...chain,
      outcome: `The deployment failed, and its revert was not offered: ${made}.`,
    });
  const what =
    made === null
      ? 'what landed was taken back already'
      : `pull request #${made.number} ${made.draft ? 'waits for somebody to take it back by hand' : 'takes back what landed'}`;
  return remember(tools, before, {
    ...{ ...chain, state: 'failed', revert: made?.number ?? null },
    outcome: `The deployment failed; ${what}.`,
  });
}
