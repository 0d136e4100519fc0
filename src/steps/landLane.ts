import type { Sha } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { PickChain } from '../core/gitPort.js';
import { incomingCommit, type Judged } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import type { Decided } from '../pipeline/decide.js';
import { landOnTarget, picksOf } from '../pipeline/land.js';
import { type LaneRequest, type OfferedLane, offerLane } from './lane.js';
import { mergeLane } from './mergeLane.js';
import type { Visit } from './visit.js';

/** Whose chain is landed, where, and in which run. */
interface LaneOf {
  readonly run: string;
  readonly dryRun: boolean;
  readonly config: Config;
  readonly sibling: SiblingConfig;
  readonly head: Sha;
  readonly visit: Visit | null;
  readonly signal: AbortSignal;
}

/** What may merge by itself, and the word on every pick that was validated. */
export interface Lane {
  readonly decided: readonly Decided[];
  /** The chain of what may merge by itself, its tip proved; null when there is nothing. */
  readonly chain: PickChain | null;
  /** Checks that passed on it. */
  readonly checks: readonly string[];
}

/** What came of landing: the head, why it did not, the pull request that waits, and what went wrong. */
interface Landing {
  readonly head: Sha;
  readonly kept: string | null;
  readonly lane: OfferedLane | null;
  readonly alarm: string | null;
  /** True when its branch was left as it is: whatever pull request brings it is not to be closed. */
  readonly untouched: boolean;
}

/** The commits of the sibling that a chain brings. */
export const pickedShas = (chain: PickChain): ReadonlySet<Sha> =>
  new Set(chain.results.flatMap((result) => (result.kind === 'picked' ? [result.sha] : [])));

/** Lands what may merge by itself: on the target's branch, or by a pull request where there is a forge. */
export async function landLane(
  ports: Ports,
  request: LaneOf,
  lane: Lane,
  survivors: readonly Judged[],
): Promise<Landing> {
  const stays: Landing = { head: request.head, kept: null, lane: null, alarm: null, untouched: false };
  if (lane.chain === null || lane.chain.tip === request.head || request.dryRun) return stays;
  if (request.visit !== null)
    return landByForge(ports, request.visit, request, { ...lane, chain: lane.chain }, survivors);
  const { run, sibling, head, signal } = request;
  const { branch } = ports.git.target;
  ports.progress({ phase: 'land', sibling: sibling.name, doing: `merging into ${branch}` });
  const landing = { run, sibling: sibling.name, how: 'auto-merge', branch, head, chain: lane.chain, signal } as const;
  const outcome = await landOnTarget(ports, landing);
  return outcome.kind === 'landed' ? { ...stays, head: outcome.head } : { ...stays, kept: outcome.why };
}

/** Opens the pull request of what may merge by itself, and merges it when everything that guards the branch agrees. */
async function landByForge(
  ports: Ports,
  visit: Visit,
  { run, config, sibling, head, signal }: LaneOf,
  { decided, checks, chain }: Lane & { readonly chain: PickChain },
  survivors: readonly Judged[],
): Promise<Landing> {
  const words = new Map(decided.map((one) => [one.sha, one]));
  const picked = pickedShas(chain);
  const rows = survivors
    .filter(({ commit }) => picked.has(commit.sha))
    .map((judged) => incomingCommit({ ...judged, ...wordOn(words.get(judged.commit.sha)) }));
  const wanted: LaneRequest = {
    ...{ run, config, sibling, lane: 'auto', base: head, tip: chain.tip, tree: chain.tree, picks: picksOf(chain) },
    ...{ rows, checks, builtOn: null, signal },
  };
  const stays: Landing = { head, kept: null, lane: null, alarm: null, untouched: false };
  const offered = await offerLane(ports, visit, wanted);
  if (offered.kind === 'kept') return { ...stays, kept: offered.why, untouched: true };
  const outcome = await mergeLane(ports, visit, wanted, offered);
  if (outcome.kind === 'merged') return { ...stays, head: outcome.head, alarm: outcome.alarm };
  return { ...stays, kept: outcome.why, lane: offered };
}

const wordOn = (word: Decided | undefined): Partial<Pick<Judged, 'risk' | 'vetoes' | 'verdict'>> =>
  word === undefined ? {} : { risk: word.risk, vetoes: word.vetoes, verdict: word.verdict };
