import type { Sha } from '../core/commit.js';
import type { PickChain } from '../core/gitPort.js';
import { integrationBranch } from '../core/integrationBranch.js';
import { isOpen, type Judged, named, settle } from '../core/judged.js';
import { isPrismaPath } from '../core/prisma.js';
import type { RejectedPick } from '../core/proof.js';
import { scoreRisk } from '../core/risk.js';
import { sanitize } from '../core/sanitize.js';
import type { Evidence, Failure } from '../core/standing.js';
import { approvedWords } from './approved.js';
import type { Improved } from './improve.js';
import type { OfferedLane } from './lane.js';
import type { OfferRequest, Review } from './offerRequest.js';

type ReviewEvidence = Extract<Evidence, { kind: 'review' }>;

/** Settles one row after the other, each by itself. */
export type Rows = (judged: Judged) => Judged;

const failureWords = (failures: readonly Failure[]): string => {
  const first = failures[0];
  if (first === undefined) return '';
  const more = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
  // A check that is read by its exit code fails as a whole, under its own name.
  const what = first.name === first.check ? '' : `: ${sanitize(first.name, 120)}`;
  return `${first.check} breaks${what}${first.file === null ? '' : ` in ${sanitize(first.file, 120)}`}${more}.`;
};

const nameOf = (judged: Judged | undefined, sha: Sha): string =>
  judged === undefined ? sha.slice(0, 10) : named(judged.commit);

/** The commit that a rejection names beside its own. */
const otherOf = ({ because, together }: RejectedPick, rows: readonly Judged[]): Judged | undefined =>
  rows.find(({ commit }) => commit.sha === (because ?? together));

/** The row of a pick that validation threw out. */
function rejectedRow(judged: Judged, rejection: RejectedPick, other: Judged | undefined): Judged {
  const { found, because, together } = rejection;
  const files = judged.kept.length;
  const reason =
    because === null
      ? `${failureWords(found.failures)}${together === undefined ? '' : ` Only together with ${nameOf(other, together)}, which stays.`}`
      : `It builds on ${nameOf(other, because)}, which was rejected.`;
  const failures = found.failures.slice(0, 50);
  const pair = together === undefined ? {} : { together };
  const row = settle(judged, 'rejected', reason, { kind: 'rejected', failures, because, ...pair });
  const risk = scoreRisk({
    filesChanged: files,
    newTypeErrors: found.typeErrors,
    newTestFailures: found.testFailures,
    touchesPrisma: judged.kept.some(isPrismaPath),
  });
  return { ...row, risk, verdict: 'rejected' };
}

/** What validation threw out, settled as rejected. */
export function byRejection(request: OfferRequest): Rows {
  const { rejected } = request.improved;
  return (judged) => {
    const rejection = rejected.get(judged.commit.sha);
    if (rejection === undefined || !isOpen(judged)) return judged;
    return rejectedRow(judged, rejection, otherOf(rejection, request.look.judged));
  };
}

/** Verdict, risk and vetoes, on rows that were decided on. */
export function byDecision(improved: Improved): Rows {
  return (judged) => {
    const decided = improved.decided.get(judged.commit.sha);
    return decided === undefined
      ? judged
      : { ...judged, risk: decided.risk, vetoes: decided.vetoes, verdict: decided.verdict };
  };
}

/** The row of a commit that a later run takes up. */
export const waiting = (judged: Judged, cap: number): Judged =>
  settle(judged, 'waiting', `A run takes up ${cap} commits (land.maxPerRun); the next one goes on here.`, {
    kind: 'waiting',
    because: 'cap',
    until: null,
  });

/** Risk as far as it is known before any check ran. */
export const foreseen = (judged: Judged): Judged =>
  judged.risk !== null || !isOpen(judged)
    ? judged
    : {
        ...judged,
        risk: scoreRisk({
          filesChanged: judged.kept.length,
          newTypeErrors: 0,
          newTestFailures: 0,
          touchesPrisma: judged.kept.some(isPrismaPath),
        }),
      };

/** Where a chain is offered: the branch it is on, and the page of its pull request. */
export interface OfferedAt {
  readonly branch: string;
  readonly page: string | null;
  /** Who approved it. */
  readonly approvedBy?: readonly string[] | undefined;
}

function reviewRow(judged: Judged, review: Review, request: OfferRequest, kept: string | null, at: OfferedAt): Judged {
  const { chain, checks } = review;
  const pick = chain.results.find((result) => result.sha === judged.commit.sha);
  if (pick?.kind !== 'picked' || !isOpen(judged)) return judged;
  const { branch, page } = at;
  const doubts = request.improved.decided.get(judged.commit.sha)?.reason ?? '';
  const why =
    judged.verdict === 'auto-merge'
      ? `It was validated and may merge by itself, but ${kept ?? 'nothing landed'}.`
      : `${doubts}${relockWords(pick.relocked)}${proofWords(checks)}${mendWords(review)}`;
  const evidence = { kind: 'review', branch, pick: pick.pick, tree: pick.tree, checks, ...beside(review) } as const;
  const said = `${why}${approvedWords(at.approvedBy)}`;
  return { ...settle(judged, 'review', said, evidence), pullRequest: page };
}

const relockWords = (lockfiles: readonly string[] = []): string =>
  lockfiles.length === 0 ? '' : ` The package manager made ${lockfiles.join(', ')} anew.`;

const proofWords = (checks: readonly string[]): string =>
  checks.length === 0 ? '' : ` Checks pass: ${checks.join(', ')}.`;

/** What the chain mends, said of the one pick it has or of all of them together: which of them does it was not tried. */
function mendWords({ fixed, chain }: Review): string {
  const [first] = fixed;
  if (first === undefined) return '';
  const alone = chain.results.filter(({ kind }) => kind === 'picked').length === 1;
  const more = fixed.length > 1 ? ` and ${fixed.length - 1} more` : '';
  const who = alone ? 'It mends' : 'Together with what is offered beside it, it mends';
  return ` ${who} what failed before: ${sanitize(first.name, 120)} (${first.check})${more}.`;
}

const beside = ({ flaky, fixed }: Review): Pick<ReviewEvidence, 'flaky' | 'fixed'> => ({
  ...(flaky.length === 0 ? {} : { flaky: flaky.slice(0, 20).map((name) => sanitize(name, 120)) }),
  ...(fixed.length === 0 ? {} : { fixed: fixed.slice(0, 20) }),
});

const emptied = (judged: Judged, chain: PickChain): Judged =>
  isOpen(judged) && chain.results.some((result) => result.sha === judged.commit.sha && result.kind === 'empty')
    ? settle(judged, 'present', 'After the picks before it, it changes nothing.', {
        kind: 'present',
        by: 'no-change',
        in: null,
      })
    : judged;

/** Settles what the review chain says: rejected after all, waiting for a person, or nothing left of it. */
export function withReview(
  rows: readonly Judged[],
  review: Review,
  request: OfferRequest,
  left: string | null,
  at: OfferedAt = { branch: integrationBranch(request.sibling.name), page: null },
): readonly Judged[] {
  const rejected = new Map(review.rejected.map((one) => [one.sha, one]));
  return rows.map((judged) => {
    const rejection = rejected.get(judged.commit.sha);
    if (rejection !== undefined && isOpen(judged)) return rejectedRow(judged, rejection, otherOf(rejection, rows));
    return emptied(reviewRow(judged, review, request, request.improved.kept ?? left, at), review.chain);
  });
}

/** The row of what a pull request would merge by itself once everything that guards the target agrees. */
export function onLane({ state, pullRequest }: OfferedLane, checks: readonly string[], kept: string): Rows {
  const picks = new Map(state.picks.map(({ origin, pick }) => [origin, pick]));
  return (judged) => {
    const pick = picks.get(judged.commit.sha);
    if (pick === undefined || !isOpen(judged)) return judged;
    const why = `It was validated and may merge by itself, but ${kept}.${proofWords(checks)}`;
    const { branch, tree } = state;
    const row = settle(judged, 'review', why, { kind: 'review', branch, pick, tree, checks });
    return { ...row, pullRequest: pullRequest.page };
  };
}

/** What conflicts: alone on the final head, or on top of the picks before it. */
export function conflictsOf(look: OfferRequest['look'], review: Review | null): ReadonlyMap<Sha, readonly string[]> {
  const late =
    review?.chain.results.flatMap((result) =>
      result.kind === 'conflict' ? [[result.sha, result.paths] as const] : [],
    ) ?? [];
  return new Map([...look.conflicts, ...late]);
}
