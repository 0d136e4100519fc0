import type { Sha } from '../core/commit.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { Gates, MergeOutcome } from '../core/forgePort.js';
import { laneBranch } from '../core/integrationBranch.js';
import type { Ports } from '../core/ports.js';
import { landingOf } from './landing.js';
import type { LaneRequest, OfferedLane } from './lane.js';
import { alarmOf } from './takeBack.js';
import type { Visit } from './visit.js';

/** What came of merging: where the target's branch is then, or why it was left, in words. */
export type LaneMerge =
  | { readonly kind: 'merged'; readonly head: Sha; readonly alarm: string | null }
  | { readonly kind: 'left'; readonly why: string };

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress'>;

const list = (names: readonly string[]): string => names.slice(0, 5).join(', ');

/** A sentence of the gates inside of another one; a login that begins it stays as it is written. */
const inSentence = (sentence: string): string =>
  sentence.replace(/\.$/, '').replace(/^(?:It|The|A|Only|Merging) /, (word) => word.toLowerCase());

/** Why the gates keep it from being merged now; null when nothing does. */
function barredBy({ closed, failed }: Gates): string | null {
  const [first] = closed;
  if (first !== undefined) return inSentence(first);
  return failed.length === 0 ? null : `the required check ${list(failed)} fails on it`;
}

const left = (why: string): LaneMerge => ({ kind: 'left', why });

/**
 * Merges a lane's pull request when what was validated is what would land: its head is ours, the target's branch stands
 * where the chain begins, and everything that guards the branch agrees. What it led to is compared with the validated
 * tree afterwards; a difference raises an alarm.
 */
export async function mergeLane(
  tools: Tools,
  visit: Visit,
  request: LaneRequest,
  offered: OfferedLane,
): Promise<LaneMerge> {
  const { pullRequest, state } = offered;
  const { mergeMethod } = request.config.land;
  const { signal } = request;
  const number = `pull request #${pullRequest.number}`;
  const paused = visit.paused();
  if (paused !== null) return left(`auto-merge is paused: ${paused}`);
  const gates = await visit.forge.gates(pullRequest, mergeMethod, signal);
  const bar = barredBy(gates);
  if (bar !== null) return left(`${number} was not merged: ${bar}`);
  const before = await tools.git.askUpstream(signal);
  if (before.head !== state.base)
    return left(`${tools.git.target.branch} moved meanwhile; what was validated is tried anew by the next run`);
  tools.progress({ phase: 'land', sibling: request.sibling.name, doing: `merging ${number}` });
  const outcome = await askMerge(tools, visit, gates, offered, request);
  if (outcome.kind === 'later') return left(`${number} merges by itself once ${list(gates.pending)} passes`);
  if (outcome.kind === 'refused') return left(`${number} was not merged: ${outcome.why}`);
  return merged(tools, visit, request, { state, as: outcome.as });
}

async function askMerge(
  { store }: Tools,
  visit: Visit,
  gates: Gates,
  { pullRequest, state }: OfferedLane,
  { config, tip: built, signal }: LaneRequest,
): Promise<MergeOutcome> {
  const { mergeMethod } = config.land;
  const tip = state.tips.at(-1) ?? built;
  const isPending = gates.pending.length > 0;
  if (isPending && !gates.mayMergeLater) {
    const why = `the required check ${list(gates.pending)} has not passed yet`;
    return { kind: 'refused', because: 'not-mergeable', why };
  }
  // Written down first: a run that is cut off here is told by the next one whether that was merged as validated. So is
  // what an earlier run asked for: the forge merges whatever was pushed since.
  if (state.merging !== true) await store.record([{ kind: 'pull-request', pullRequest: { ...state, merging: true } }]);
  if (isPending && pullRequest.mergesItself) return { kind: 'later' };
  const outcome = isPending
    ? await visit.forge.mergeLater(pullRequest, tip, mergeMethod, signal)
    : await visit.forge.merge(pullRequest, tip, mergeMethod, signal);
  if (outcome.kind === 'refused') await store.record([{ kind: 'pull-request', pullRequest: unasked(state) }]);
  return outcome;
}

const unasked = ({ merging: _asked, ...state }: PullRequestState): PullRequestState => state;

/** Remembers a merge, and holds what it led to against what was validated. */
async function merged(
  tools: Tools,
  visit: Visit,
  request: LaneRequest,
  { state, as }: { readonly state: PullRequestState; readonly as: Sha },
): Promise<LaneMerge> {
  const { signal } = request;
  const { head } = await tools.git.askUpstream(signal);
  const found = await tools.git.treeOf(as);
  const alarm = found === state.tree ? {} : { alarm: { expected: state.tree, found } };
  const next: PullRequestState = {
    ...unasked(state),
    ...alarm,
    state: 'merged',
    at: new Date(tools.clock()).toISOString(),
  };
  const landing = landingOf(
    tools,
    { ...next, run: request.run },
    { mergedAs: as, mergesItself: request.lane === 'auto' },
  );
  const facts: readonly Fact[] = [{ kind: 'pull-request', pullRequest: next }, ...(landing === null ? [] : [landing])];
  await tools.store.record(facts);
  visit.open.delete(state.branch);
  await deleteBranch(tools, laneBranch(request.sibling.name, request.lane), state, signal);
  if (found === state.tree) return { kind: 'merged', head, alarm: null };
  return { kind: 'merged', head, alarm: await alarmOf(tools, visit, request, { head, state: next }) };
}

/** The forge may have deleted it by itself, and a branch that stays is only untidy. */
async function deleteBranch(tools: Tools, branch: string, state: PullRequestState, signal: AbortSignal): Promise<void> {
  const now = tools.git.upstream()?.lanes.get(branch);
  if (now === undefined || now !== state.tips.at(-1)) return;
  await tools.git.push({ branch, before: now, after: null }, signal).catch(() => undefined);
}
