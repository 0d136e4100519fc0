import type { SiblingConfig } from '../core/config.js';
import type { PickChain, PickRequest } from '../core/gitPort.js';
import { integrationBranch } from '../core/integrationBranch.js';
import { isOpen } from '../core/judged.js';
import { pickRequest } from '../core/pick.js';
import type { Ports } from '../core/ports.js';
import { settleConflicts } from '../pipeline/integrate.js';
import { offerBranch } from '../pipeline/land.js';
import { offerByForge } from './forgeOffer.js';
import { keepOffered } from './offered.js';
import type { Offered, OfferRequest, Review } from './offerRequest.js';
import { mayPassNow, reviewChain } from './review.js';
import { byDecision, byRejection, conflictsOf, foreseen, waiting, withReview } from './rows.js';
import { dryRows, scanRows } from './scanned.js';
import { byUnmade, unmadeIn } from './unmade.js';

/** The same review, on the branch as it is when nothing of it has changed. */
async function keptReview(ports: Ports, request: OfferRequest, picks: readonly PickRequest[]): Promise<Review> {
  const review = await reviewChain(ports, request, picks);
  const { sibling, head, signal } = request;
  return { ...review, chain: await keepOffered(ports, { sibling: sibling.name, head, chain: review.chain, signal }) };
}

/** A sibling without commits to offer keeps no stale branch: it is moved to the head, if it is AutoSync's own. */
async function withdraw(ports: Ports, request: OfferRequest): Promise<string | null> {
  const ref = `refs/heads/${integrationBranch(request.sibling.name)}`;
  const now = (await ports.git.readRefs([ref])).get(ref) ?? null;
  if (now === null || now === request.head) return null;
  const chain: PickChain = { base: request.head, tip: request.head, tree: '', results: [] };
  const outcome = await offerBranch(ports, { ...landBase(ports, request.sibling, request), chain });
  return outcome.kind === 'kept' ? outcome.why : null;
}

const landBase = (ports: Ports, sibling: SiblingConfig, request: OfferRequest) =>
  ({
    run: request.run,
    sibling: sibling.name,
    how: 'review',
    branch: ports.git.target.branch,
    head: request.head,
    signal: request.signal,
  }) as const;

/** Settles what is left after landing: offers what was validated as a branch, and says of the rest why it waits. */
export async function offerReview(ports: Ports, request: OfferRequest): Promise<Offered> {
  if (request.command === 'scan') return scanRows(ports, request);
  if (request.dryRun) return dryRows(ports, request);
  if (request.visit !== null) return offerByForge(ports, request.visit, request);
  const { sibling, improved, look, config } = request;
  const rows = look.judged.map(byRejection(request)).map(byUnmade(improved.unmade)).map(byDecision(improved));
  const waitingForPerson = rows.filter((judged) => isOpen(judged) && improved.decided.has(judged.commit.sha));
  const requests = waitingForPerson.map((judged) => pickRequest(judged, sibling, request.run));
  const review = requests.length === 0 ? null : await keptReview(ports, request, requests);
  const left =
    review !== null && review.chain.tip !== request.head
      ? await offerChain(ports, request, review.chain)
      : await withdraw(ports, request);
  const unmade = review === null ? improved.unmade : new Map([...improved.unmade, ...unmadeIn(review.chain)]);
  const offered = (review === null ? rows : withReview(rows, review, request, left)).map(byUnmade(unmade));
  const settled = await settleConflicts(ports.git, request, offered, conflictsOf(look, review));
  const judged = settled.map((one) => (isOpen(one) ? waiting(foreseen(one), config.land.maxPerRun) : one));
  const unfinished =
    improved.kept !== null ||
    improved.unprepared ||
    left !== null ||
    unmade.size > 0 ||
    mayPassNow(request) ||
    judged.some((one) => one.settled?.evidence.kind === 'waiting' && one.settled.evidence.because === 'cap');
  return {
    judged,
    unfinished,
    notes: left === null ? [] : [`The picks for review were not put on a branch: ${left}.`],
  };
}

async function offerChain(ports: Ports, request: OfferRequest, chain: PickChain): Promise<string | null> {
  ports.progress({
    phase: 'land',
    sibling: request.sibling.name,
    doing: `offering ${integrationBranch(request.sibling.name)}`,
  });
  const outcome = await offerBranch(ports, { ...landBase(ports, request.sibling, request), chain });
  return outcome.kind === 'kept' ? outcome.why : null;
}
