import type { Sha } from '../core/commit.js';
import type { PickChain } from '../core/gitPort.js';
import { laneBranch } from '../core/integrationBranch.js';
import { incomingCommit, isOpen, type Judged } from '../core/judged.js';
import { pickRequest } from '../core/pick.js';
import type { Ports } from '../core/ports.js';
import { settleConflicts } from '../pipeline/integrate.js';
import { picksOf } from '../pipeline/land.js';
import { heldElsewhere, leftBehind, openState, standingElsewhere, waitsFor } from './held.js';
import { type LaneOutcome, type LaneRequest, offerLane, withdrawLane } from './lane.js';
import type { Offered, OfferRequest, Review } from './offerRequest.js';
import { mayPassNow, reviewChain } from './review.js';
import { byDecision, byRejection, conflictsOf, foreseen, onLane, waiting, withReview } from './rows.js';
import { byUnmade, unmadeIn } from './unmade.js';
import type { Visit } from './visit.js';

/** What every lane of a sibling shares. */
const laneBase = ({ run, config, sibling, signal }: OfferRequest) => ({ run, config, sibling, signal }) as const;

const isConflict = ({ settled }: Judged): boolean => settled?.evidence.kind === 'conflict';

/** The chain with the picks as they are on the lane: they differ from run to run by date and run id alone. */
function asOffered(chain: PickChain, outcome: LaneOutcome): PickChain {
  if (outcome.kind === 'kept') return chain;
  const picks = new Map(outcome.state.picks.map(({ origin, pick }) => [origin, pick]));
  const results = chain.results.map((result) =>
    result.kind === 'picked' ? { ...result, pick: picks.get(result.sha) ?? result.pick } : result,
  );
  return { ...chain, tip: outcome.state.tips.at(-1) ?? chain.tip, results };
}

/** What was validated and waits for a person, on top of what may merge by itself, as a pull request. */
async function offerReviewLane(
  ports: Ports,
  visit: Visit,
  request: OfferRequest,
  review: Review,
  rows: readonly Judged[],
): Promise<LaneOutcome> {
  const { chain, checks } = review;
  const picked = new Set(picksOf(chain).map(({ origin }) => origin));
  return offerLane(ports, visit, {
    ...laneBase(request),
    ...{ lane: 'review', base: chain.base, tip: chain.tip, tree: chain.tree, picks: picksOf(chain), checks },
    rows: rows.filter(({ commit }) => picked.has(commit.sha)).map(incomingCommit),
    builtOn: request.improved.lane?.pullRequest.number ?? null,
  });
}

/** Commits that conflict, as a draft that brings nothing yet and says what is needed to resolve them. */
async function offerConflicts(
  ports: Ports,
  visit: Visit,
  request: OfferRequest,
  rows: readonly Judged[],
): Promise<LaneOutcome> {
  const { head, run, sibling, signal } = request;
  const message = `chore: room to resolve conflicts with ${sibling.name}\n\nAutoSync-Run: ${run}\n`;
  const tip = await ports.git.emptyCommit(head, message, signal);
  const wanted: LaneRequest = {
    ...laneBase(request),
    ...{ lane: 'conflict', base: head, tip, tree: await ports.git.treeOf(head), checks: [], builtOn: null },
    picks: rows.map(({ commit }) => ({ origin: commit.sha, pick: tip })),
    rows: rows.map(incomingCommit),
  };
  return offerLane(ports, visit, wanted);
}

const pageOf = (outcome: LaneOutcome | null): string | null =>
  outcome?.kind === 'offered' ? outcome.pullRequest.page : (outcome?.state?.page ?? null);

const whyOf = (outcome: LaneOutcome | null): string | null => (outcome?.kind === 'kept' ? outcome.why : null);

/** Settles what is left after landing on a forge: one pull request for what waits for a person, one for what conflicts. */
export async function offerByForge(ports: Ports, visit: Visit, request: OfferRequest): Promise<Offered> {
  const { sibling, improved, look, config, signal } = request;
  const { lane } = improved;
  if (improved.untouched) return leaveAlone(ports, visit, request);
  const held = look.judged.map(heldElsewhere(ports, visit, sibling.name));
  const named = held.map(byRejection(request)).map(byUnmade(improved.unmade)).map(byDecision(improved));
  const rows =
    lane === null ? named : named.map(onLane(lane, improved.validated?.checks ?? [], improved.kept ?? 'it waits'));
  if (lane === null) await withdraw(ports, visit, request, 'auto');
  const base: Sha = lane?.state.tips.at(-1) ?? request.head;
  const open = rows.filter((judged) => isOpen(judged) && improved.decided.has(judged.commit.sha));
  const picks = open.map((judged) => pickRequest(judged, sibling, request.run));
  const review = picks.length === 0 ? null : await reviewChain(ports, request, picks, base);
  const outcome =
    review === null || review.chain.tip === base
      ? await withdraw(ports, visit, request, 'review')
      : await offerReviewLane(ports, visit, request, review, rows);
  const unmade = new Map([...improved.unmade, ...(review === null ? [] : unmadeIn(review.chain))]);
  const offered = (review === null ? rows : reviewed(rows, review, request, outcome)).map(byUnmade(unmade));
  const settled = await settleConflicts(ports.git, request, offered, conflictsOf(look, review));
  const conflicts = settled.filter(isConflict);
  const told =
    conflicts.length === 0
      ? await withdraw(ports, visit, request, 'conflict')
      : await offerConflicts(ports, visit, request, conflicts);
  const judged = settled
    .map((one) => (isOpen(one) ? waiting(foreseen(one), config.land.maxPerRun) : one))
    .map((one) => (isConflict(one) ? { ...one, pullRequest: pageOf(told) } : one));
  signal.throwIfAborted();
  const left = [whyOf(outcome), whyOf(told)].filter((why) => why !== null);
  return {
    judged,
    unfinished: unfinished(request, judged) || unmade.size > 0 || left.length > 0,
    notes: left.map(leftNote(sibling.name)),
  };
}

/** What may merge by itself could not be brought: what builds on it is left as it is too, until a later run can. */
async function leaveAlone(ports: Ports, visit: Visit, request: OfferRequest): Promise<Offered> {
  const { sibling, improved, look, config } = request;
  const named = look.judged
    .map(standingElsewhere(ports, visit, sibling.name))
    .map(byRejection(request))
    .map(byUnmade(improved.unmade))
    .map(byDecision(improved))
    .map((one) => (improved.decided.has(one.commit.sha) && isOpen(one) ? waitsFor(one, improved.kept ?? '') : one));
  const settled = await settleConflicts(ports.git, request, named, conflictsOf(look, null));
  const page = openState(ports, visit, sibling.name, 'conflict')?.page ?? null;
  const judged = settled
    .map((one) => (isOpen(one) ? waiting(foreseen(one), config.land.maxPerRun) : one))
    .map((one) => (isConflict(one) ? { ...one, pullRequest: page } : one));
  return { judged, unfinished: true, notes: [] };
}

const leftNote =
  (sibling: string) =>
  (why: string): string =>
    `${sibling}: a pull request was not brought up to date: ${why}.`;

function reviewed(
  rows: readonly Judged[],
  review: Review,
  request: OfferRequest,
  outcome: LaneOutcome | null,
): readonly Judged[] {
  if (outcome === null) return withReview(rows, review, request, null);
  const at = {
    branch: laneBranch(request.sibling.name, 'review'),
    page: pageOf(outcome),
    approvedBy: outcome.state?.approvedBy,
  };
  const found = withReview(rows, { ...review, chain: asOffered(review.chain, outcome) }, request, whyOf(outcome), at);
  return outcome.kind === 'kept' ? leftBehind(rows, found, outcome) : found;
}

function unfinished(request: OfferRequest, judged: readonly Judged[]): boolean {
  const { improved } = request;
  const isCapped = judged.some(
    ({ settled }) => settled?.evidence.kind === 'waiting' && settled.evidence.because === 'cap',
  );
  return improved.kept !== null || improved.unprepared || mayPassNow(request) || isCapped;
}

async function withdraw(ports: Ports, visit: Visit, request: OfferRequest, lane: LaneRequest['lane']): Promise<null> {
  const why = 'Nothing of it is left to offer: it is in the target, was taken back, or is offered elsewhere.';
  await withdrawLane(ports, visit, { sibling: request.sibling.name, lane, why, signal: request.signal });
  return null;
}
