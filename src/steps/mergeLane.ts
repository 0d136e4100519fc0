import type { Sha } from '../core/commit.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { Gates, MergeOutcome, PullRequest } from '../core/forgePort.js';
import { laneBranch } from '../core/integrationBranch.js';
import type { Ports } from '../core/ports.js';
import { type LaneRequest, type OfferedLane, offerLane } from './lane.js';
import { revertCommit } from './revertCommit.js';
import { landingOf, type Visit } from './visit.js';

/** What came of merging: where the target's branch is then, or why it was left, in words. */
export type LaneMerge =
  | { readonly kind: 'merged'; readonly head: Sha; readonly alarm: string | null }
  | { readonly kind: 'left'; readonly why: string };

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress'>;

const list = (names: readonly string[]): string => names.slice(0, 5).join(', ');

/** Why the gates keep it from being merged now; null when nothing does. */
function barredBy({ closed, failed }: Gates): string | null {
  const [first] = closed;
  if (first !== undefined) return first;
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
  if (visit.paused !== null) return left(`auto-merge is paused: ${visit.paused}`);
  const gates = await visit.forge.gates(pullRequest, mergeMethod, signal);
  const bar = barredBy(gates);
  if (bar !== null) return left(`${bar} (${number})`);
  const before = await tools.git.askUpstream(signal);
  if (before.head !== state.base)
    return left(`${tools.git.target.branch} moved meanwhile; what was validated is tried anew by the next run`);
  const tip = state.tips.at(-1) ?? request.tip;
  tools.progress({ phase: 'land', sibling: request.sibling.name, doing: `merging ${number}` });
  const outcome = await askMerge(visit, gates, pullRequest, tip, request);
  if (outcome.kind === 'later') return left(`${number} merges by itself once ${list(gates.pending)} passes`);
  if (outcome.kind === 'refused') return left(`${number} was not merged: ${outcome.why}`);
  return merged(tools, visit, request, { state, pullRequest, as: outcome.as });
}

async function askMerge(
  visit: Visit,
  gates: Gates,
  pullRequest: PullRequest,
  tip: Sha,
  { config, signal }: LaneRequest,
): Promise<MergeOutcome> {
  const { mergeMethod } = config.land;
  if (gates.pending.length === 0) return visit.forge.merge(pullRequest, tip, mergeMethod, signal);
  if (gates.mayMergeLater)
    return pullRequest.mergesItself ? { kind: 'later' } : visit.forge.mergeLater(pullRequest, tip, mergeMethod, signal);
  const why = `the required check ${list(gates.pending)} has not passed yet`;
  return { kind: 'refused', because: 'not-mergeable', why };
}

/** Remembers a merge, and holds what it led to against what was validated. */
async function merged(
  tools: Tools,
  visit: Visit,
  request: LaneRequest,
  { state, pullRequest, as }: OfferedLane & { readonly as: Sha },
): Promise<LaneMerge> {
  const { signal } = request;
  const { head } = await tools.git.askUpstream(signal);
  const found = await tools.git.treeOf(as);
  const alarm = found === state.tree ? {} : { alarm: { expected: state.tree, found } };
  const next: PullRequestState = { ...state, ...alarm, state: 'merged', at: new Date(tools.clock()).toISOString() };
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
  const back = await offerRevert(tools, visit, request, head, state);
  const trees = `another tree (${found.slice(0, 10)}) than was validated (${state.tree.slice(0, 10)})`;
  return { kind: 'merged', head, alarm: `Pull request #${pullRequest.number} led to ${trees}. ${back}` };
}

/** Offers to take back a merge that led elsewhere than was validated; what came of it, in words. */
async function offerRevert(
  tools: Tools,
  visit: Visit,
  request: LaneRequest,
  head: Sha,
  { picks, number }: PullRequestState,
): Promise<string> {
  const { run, config, sibling, signal } = request;
  const newest = picks.map(({ pick }) => pick).reverse();
  const message = `Revert pull request #${number}\n\nIt led to another tree than was validated.\n\nAutoSync-Run: ${run}\n`;
  const made = await revertCommit(tools, head, newest, message, signal);
  const outcome = await offerLane(tools, visit, {
    ...{ run, config, sibling, lane: 'revert', base: head, picks, rows: [], checks: [], builtOn: null, signal },
    ...made,
  });
  const paused = 'Auto-merge is paused until a person has looked.';
  if (outcome.kind === 'kept') return `It was not offered to take it back: ${outcome.why}. ${paused}`;
  const what = made.draft ? 'waits for somebody to take it back by hand' : 'takes it back';
  return `Pull request #${outcome.pullRequest.number} ${what}. ${paused}`;
}

/** The forge may have deleted it by itself, and a branch that stays is only untidy. */
async function deleteBranch(tools: Tools, branch: string, state: PullRequestState, signal: AbortSignal): Promise<void> {
  const now = tools.git.upstream()?.lanes.get(branch);
  if (now === undefined || now !== state.tips.at(-1)) return;
  await tools.git.push({ branch, before: now, after: null }, signal).catch(() => undefined);
}
