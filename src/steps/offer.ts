import type { Sha } from '../core/commit.js';
import type { SiblingConfig } from '../core/config.js';
import { integrationBranch } from '../core/integrationBranch.js';
import { isOpen, type Judged, named, settle } from '../core/judged.js';
import { pickRequest } from '../core/pick.js';
import type { PickChain, PickRequest, Ports } from '../core/ports.js';
import { indexPaths, needsOf } from '../core/prerequisites.js';
import { scoreRisk } from '../core/risk.js';
import { sanitize } from '../core/sanitize.js';
import type { Failure } from '../core/standing.js';
import { asCandidate, settleConflicts } from '../pipeline/integrate.js';
import { offerBranch } from '../pipeline/land.js';
import { type RejectedPick, type Validated, validateChain } from '../pipeline/validate.js';
import type { Improved, ImproveRequest } from './improve.js';
import { keepOffered } from './offered.js';

/** What offering needs: an improve request on the final head, and what improving found. */
export interface OfferRequest extends ImproveRequest {
  readonly command: 'scan' | 'sync';
  readonly tip: Sha;
  readonly improved: Improved;
}

/** Where every commit of a sibling stands at the end of a run. */
export interface Offered {
  readonly judged: readonly Judged[];
  /** True when a later run can do more without anything having changed: then it looks again. */
  readonly unfinished: boolean;
  readonly notes: readonly string[];
}

type Rows = (judged: Judged) => Judged;

const failureWords = (failures: readonly Failure[]): string => {
  const first = failures[0];
  if (first === undefined) return '';
  const more = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
  return `${first.check} breaks: ${sanitize(first.name, 120)}${first.file === null ? '' : ` in ${sanitize(first.file, 120)}`}${more}.`;
};

/** The row of a pick that validation threw out. */
export function rejectedRow(judged: Judged, rejection: RejectedPick, culprit: Judged | undefined): Judged {
  const { found, because } = rejection;
  const files = judged.kept.length;
  const reason =
    because === null
      ? failureWords(found.failures)
      : `It builds on ${culprit === undefined ? because.slice(0, 10) : named(culprit.commit)}, which was rejected.`;
  const row = settle(judged, 'rejected', reason, { kind: 'rejected', failures: found.failures.slice(0, 50), because });
  const risk = scoreRisk({
    filesChanged: files,
    newTypeErrors: found.typeErrors,
    newTestFailures: found.testFailures,
    touchesPrisma: false,
  });
  return { ...row, risk, verdict: 'rejected' };
}

function byRejection(request: OfferRequest): Rows {
  const { rejected } = request.improved;
  return (judged) => {
    const rejection = rejected.get(judged.commit.sha);
    if (rejection === undefined || !isOpen(judged)) return judged;
    return rejectedRow(
      judged,
      rejection,
      request.look.judged.find(({ commit }) => commit.sha === rejection.because),
    );
  };
}

/** Verdict, risk and vetoes, on rows that were decided on. */
function byDecision(improved: Improved): Rows {
  return (judged) => {
    const decided = improved.decided.get(judged.commit.sha);
    return decided === undefined
      ? judged
      : { ...judged, risk: decided.risk, vetoes: decided.vetoes, verdict: decided.verdict };
  };
}

const waiting = (judged: Judged, cap: number): Judged =>
  settle(judged, 'waiting', `A run takes up ${cap} commits (land.maxPerRun); the next one goes on here.`, {
    kind: 'waiting',
    because: 'cap',
    until: null,
  });

/** Risk as far as it is known before any check ran. */
const foreseen = (judged: Judged): Judged =>
  judged.risk !== null || !isOpen(judged)
    ? judged
    : {
        ...judged,
        risk: scoreRisk({
          filesChanged: judged.kept.length,
          newTypeErrors: 0,
          newTestFailures: 0,
          touchesPrisma: false,
        }),
      };

interface Review {
  readonly chain: PickChain;
  readonly checks: readonly string[];
  readonly rejected: readonly RejectedPick[];
}

/** The chain of what waits for a person, on the final head, its tip proved again when it is another tree. */
async function reviewChain(ports: Ports, request: OfferRequest, picks: readonly PickRequest[]): Promise<Review> {
  const { validated } = request.improved;
  const chain = await ports.git.chain(request.head, picks, request.signal);
  if (validated !== null && validated.chain.tree === chain.tree)
    return { chain: sameTree(validated, chain), checks: validated.checks, rejected: [] };
  const baseline = await request.baseline(request.head, await ports.git.treeOf(request.head));
  const bench = { tools: ports, baseline, sibling: request.sibling.name, signal: request.signal };
  const again = await validateChain(bench, chain, picks);
  return { chain: again.chain, checks: again.checks, rejected: again.rejected };
}

/** The same review, on the branch as it is when nothing of it has changed. */
async function keptReview(ports: Ports, request: OfferRequest, picks: readonly PickRequest[]): Promise<Review> {
  const review = await reviewChain(ports, request, picks);
  const { sibling, head, signal } = request;
  return { ...review, chain: await keepOffered(ports, { sibling: sibling.name, head, chain: review.chain, signal }) };
}

// The validated chain is kept where it serves, so that an unchanged branch keeps its commits.
const sameTree = (validated: Validated, chain: PickChain): PickChain =>
  validated.chain.base === chain.base ? validated.chain : chain;

function reviewRow(judged: Judged, review: Review, request: OfferRequest, kept: string | null): Judged {
  const { chain, checks } = review;
  const pick = chain.results.find((result) => result.sha === judged.commit.sha);
  if (pick?.kind !== 'picked' || !isOpen(judged)) return judged;
  const branch = integrationBranch(request.sibling.name);
  const doubts = request.improved.decided.get(judged.commit.sha)?.reason ?? '';
  const why =
    judged.verdict === 'auto-merge'
      ? `It was validated and may merge by itself, but ${kept ?? 'nothing landed'}.`
      : `${doubts}${proofWords(checks)}`;
  return settle(judged, 'review', why, { kind: 'review', branch, pick: pick.pick, tree: pick.tree, checks });
}

const proofWords = (checks: readonly string[]): string =>
  checks.length === 0 ? '' : ` Checks pass: ${checks.join(', ')}.`;

const emptied = (judged: Judged, chain: PickChain): Judged =>
  isOpen(judged) && chain.results.some((result) => result.sha === judged.commit.sha && result.kind === 'empty')
    ? settle(judged, 'present', 'After the picks before it, it changes nothing.', {
        kind: 'present',
        by: 'no-change',
        in: null,
      })
    : judged;

/** What an earlier run validated stays so in a scan, which validates nothing, as long as the commit is still open. */
export function asRemembered(ports: Pick<Ports, 'store'>, sibling: string): Rows {
  const rows = new Map(ports.store.commits(sibling).map(({ commit }) => [commit.sha, commit]));
  return (judged) => {
    const row = rows.get(judged.commit.sha);
    if (row === undefined || !isOpen(judged) || (row.standing !== 'review' && row.standing !== 'rejected'))
      return judged;
    return {
      ...settle(judged, row.standing, row.reason, row.evidence),
      risk: row.risk,
      vetoes: row.vetoes,
      verdict: row.verdict,
    };
  };
}

async function scanRows(ports: Ports, request: OfferRequest): Promise<Offered> {
  const { look } = request;
  const remembered = look.judged.map(asRemembered(ports, request.sibling.name));
  const conflicted = await settleConflicts(ports.git, request, remembered, look.conflicts);
  const open = conflicted.filter(isOpen);
  const byPath = indexPaths(open);
  const places = new Map(open.map((one, place) => [one, place] as const));
  const judged = conflicted.map((one) => {
    const place = places.get(one);
    return place === undefined ? one : asCandidate(foreseen(one), one.commit.tree, needsOf(open, byPath, place));
  });
  return { judged, unfinished: false, notes: [] };
}

async function dryRows(ports: Ports, request: OfferRequest): Promise<Offered> {
  const judged = request.look.judged.map(byRejection(request)).map(byDecision(request.improved));
  const rows = await scanRows(ports, { ...request, look: { ...request.look, judged } });
  return { ...rows, unfinished: true };
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

/**
 * True when a rejection may not last though nothing changes any more: something landed since that it may need, or the
 * dependencies could not be installed, which may be the network's fault.
 */
function mayPassNow({ improved: { rejected, validated }, head }: OfferRequest): boolean {
  const moved = validated !== null && validated.chain.base !== head;
  const uninstalled = [...rejected.values()].some(({ found }) =>
    found.failures.some(({ check }) => check === 'install'),
  );
  return rejected.size > 0 && (moved || uninstalled);
}

/** Settles what is left after landing: offers what was validated as a branch, and says of the rest why it waits. */
export async function offerReview(ports: Ports, request: OfferRequest): Promise<Offered> {
  if (request.command === 'scan') return scanRows(ports, request);
  if (request.dryRun) return dryRows(ports, request);
  const { sibling, improved, look, config } = request;
  const rows = look.judged.map(byRejection(request)).map(byDecision(improved));
  const waitingForPerson = rows.filter((judged) => isOpen(judged) && improved.decided.has(judged.commit.sha));
  const requests = waitingForPerson.map((judged) => pickRequest(judged, sibling, request.run));
  const review = requests.length === 0 ? null : await keptReview(ports, request, requests);
  const left =
    review !== null && review.chain.tip !== request.head
      ? await offerChain(ports, request, review.chain)
      : await withdraw(ports, request);
  const offered = review === null ? rows : withReview(rows, review, request, left);
  const settled = await settleConflicts(ports.git, request, offered, conflictsOf(look, review));
  const judged = settled.map((one) => (isOpen(one) ? waiting(foreseen(one), config.land.maxPerRun) : one));
  const unfinished =
    improved.kept !== null ||
    left !== null ||
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

function withReview(
  rows: readonly Judged[],
  review: Review,
  request: OfferRequest,
  left: string | null,
): readonly Judged[] {
  const rejected = new Map(review.rejected.map((one) => [one.sha, one]));
  return rows.map((judged) => {
    const rejection = rejected.get(judged.commit.sha);
    if (rejection !== undefined && isOpen(judged))
      return rejectedRow(
        judged,
        rejection,
        rows.find(({ commit }) => commit.sha === rejection.because),
      );
    return emptied(reviewRow(judged, review, request, request.improved.kept ?? left), review.chain);
  });
}

/** What conflicts: alone on the final head, or on top of the picks before it. */
function conflictsOf(look: Look, review: Review | null): ReadonlyMap<Sha, readonly string[]> {
  const late =
    review?.chain.results.flatMap((result) =>
      result.kind === 'conflict' ? [[result.sha, result.paths] as const] : [],
    ) ?? [];
  return new Map([...look.conflicts, ...late]);
}

type Look = OfferRequest['look'];
