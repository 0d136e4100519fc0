import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { ChainState, LandingState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';
import { type LaneRequest, offerLane } from './lane.js';
import { revertCommit } from './revertCommit.js';
import type { Visit } from './visit.js';

/** What taking a landing back needs. */
export interface RevertRequest {
  readonly run: string;
  readonly config: Config;
  readonly chain: ChainState;
  readonly signal: AbortSignal;
}

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress'>;

/** Landings of a chain that still stand, oldest first. */
export const landingsOf = (tools: Pick<Ports, 'store'>, { landings }: ChainState): readonly LandingState[] =>
  tools.store.landings().filter(({ id, phase }) => landings.includes(id) && phase === 'done');

const messageOf = ({ chain, run }: RevertRequest, picks: readonly Sha[]): string =>
  [
    `Revert AutoSync run ${chain.run}`,
    '',
    'The deployment failed after it.',
    '',
    ...picks.map((pick) => `This reverts commit ${pick}.`),
    '',
    `AutoSync-Run: ${run}`,
    '',
  ].join('\n');

/**
 * Opens the pull request that takes back what a chain is about, because its deployment failed, or finds the one that is
 * open; a person merges it. Null when nothing of it stands any more; a sentence when it could not be opened.
 */
export async function offerRollback(
  tools: Tools,
  visit: Visit,
  request: RevertRequest,
): Promise<{ readonly number: number; readonly draft: boolean } | string | null> {
  const { chain, run, config, signal } = request;
  const picks = landingsOf(tools, chain)
    .flatMap((landing) => landing.picks.map(({ pick }) => pick))
    .reverse();
  if (picks.length === 0) return null;
  const { head } = await tools.git.askUpstream(signal);
  const made = await revertCommit(tools, head, picks, messageOf(request, picks), signal);
  const lane: LaneRequest = {
    ...{ run, config, sibling: { name: `run-${chain.run}` }, lane: 'revert', base: head, signal },
    ...{ picks: [], rows: [], checks: [], builtOn: null },
    ...made,
  };
  const offered = await offerLane(tools, visit, lane);
  if (offered.kind === 'kept') return offered.why;
  const { number } = offered.pullRequest;
  const page = chain.stages.find(({ stage }) => stage === 'deploy')?.page ?? null;
  const where = page === null ? '' : ` (${page})`;
  await visit.forge.comment(number, `The deployment failed after this landed${where}.`, signal);
  return { number, draft: made.draft };
}
