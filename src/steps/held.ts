import type { PullRequestState } from '../core/facts.js';
import { laneBranch } from '../core/integrationBranch.js';
import { isOpen, type Judged, settle } from '../core/judged.js';
import type { Lane } from '../core/lane.js';
import type { Ports } from '../core/ports.js';
import { approvedWords } from './approved.js';
import type { LaneOutcome } from './lane.js';
import type { Visit } from './visit.js';

type Tools = Pick<Ports, 'git' | 'store'>;

/** What is remembered of a lane's pull request while it is open; undefined when it has none. */
export function openState(
  { store }: Pick<Ports, 'store'>,
  visit: Visit,
  sibling: string,
  lane: Lane,
): PullRequestState | undefined {
  const branch = laneBranch(sibling, lane);
  const number = visit.open.get(branch)?.number;
  return store.pullRequests().find((one) => one.branch === branch && one.state === 'open' && one.number === number);
}

/** Why what a lane brings is left to whoever looks after its pull request; null when a run may bring it anew. */
function whyHeld({ git }: Tools, { lane, branch, tips, number }: PullRequestState): string | null {
  if (lane === 'apply') return `It waits in pull request #${number}, for which a person asked.`;
  const now = git.upstream()?.lanes.get(branch);
  const isOurs = now === undefined || tips.includes(now);
  return isOurs ? null : `It waits in pull request #${number}: somebody committed to its branch, which is left alone.`;
}

type Row = (judged: Judged) => Judged;

/** Settles what pull requests carry that are left as they are. */
function carriedBy(
  { store }: Pick<Ports, 'store'>,
  sibling: string,
  left: readonly { readonly state: PullRequestState; readonly why: string }[],
): Row {
  const held = new Map(
    left.flatMap(({ state, why }) => state.picks.map(({ origin, pick }) => [origin, { state, why, pick }] as const)),
  );
  const rows = new Map(held.size === 0 ? [] : store.commits(sibling).map(({ commit }) => [commit.sha, commit]));
  return (judged) => {
    const found = held.get(judged.commit.sha);
    if (found === undefined || !isOpen(judged)) return judged;
    const { branch, tree, page } = found.state;
    const evidence = { kind: 'review', branch, pick: found.pick, tree, checks: [] } as const;
    const { risk = null, vetoes = [], verdict = null } = rows.get(judged.commit.sha) ?? {};
    const why = `${found.why}${approvedWords(found.state.approvedBy)}`;
    return { ...settle(judged, 'review', why, evidence), risk, vetoes, verdict, pullRequest: page };
  };
}

/**
 * Settles what waits in a pull request that no run may change any more, so that it is offered there and nowhere else:
 * one that a person applied, and one of what may merge by itself on whose branch somebody committed.
 */
export function heldElsewhere(tools: Tools, visit: Visit, sibling: string): Row {
  const states = (['auto', 'apply'] as const).flatMap((lane) => openState(tools, visit, sibling, lane) ?? []);
  const left = states.flatMap((state) => {
    const why = whyHeld(tools, state);
    return why === null ? [] : [{ state, why }];
  });
  return carriedBy(tools, sibling, left);
}

/** Settles what waits in any pull request of the sibling, as long as none of them is touched. */
export function standingElsewhere(tools: Tools, visit: Visit, sibling: string): Row {
  const states = (['auto', 'apply', 'review'] as const).flatMap((lane) => openState(tools, visit, sibling, lane) ?? []);
  const left = states.map((state) => ({ state, why: `It waits in pull request #${state.number}.` }));
  return carriedBy(tools, sibling, left);
}

/**
 * Rows of a lane that could not be brought up to date: what stands in its pull request still does, and the rest waits
 * for a later run.
 */
export function leftBehind(
  before: readonly Judged[],
  after: readonly Judged[],
  outcome: Extract<LaneOutcome, { readonly kind: 'kept' }>,
): readonly Judged[] {
  const there = new Set(outcome.state?.picks.map(({ origin }) => origin));
  const wasOpen = new Set(before.filter(isOpen).map(({ commit }) => commit.sha));
  return after.map((judged) => {
    const { sha } = judged.commit;
    const isNew = wasOpen.has(sha) && judged.settled?.standing === 'review' && !there.has(sha);
    return isNew ? waitsFor(judged, outcome.why) : judged;
  });
}

/** The row of what was validated and has no pull request yet. */
export const waitsFor = (judged: Judged, why: string): Judged =>
  settle({ ...judged, pullRequest: null }, 'waiting', `It was validated and waits for its pull request: ${why}.`, {
    kind: 'waiting',
    because: 'cap',
    until: null,
  });
