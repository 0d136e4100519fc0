import { isOpen, settle } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import { indexPaths, needsOf } from '../core/prerequisites.js';
import { asCandidate, settleConflicts } from '../pipeline/integrate.js';
import type { Offered, OfferRequest } from './offerRequest.js';
import { byDecision, byRejection, foreseen, type Rows } from './rows.js';
import { byUnmade } from './unmade.js';

/** What an earlier run validated stays so in a scan, which validates nothing, as long as the commit is still open. */
export function asRemembered(ports: Pick<Ports, 'store'>, sibling: string): Rows {
  const rows = new Map(ports.store.commits(sibling).map(({ commit }) => [commit.sha, commit]));
  return (judged) => {
    const row = rows.get(judged.commit.sha);
    if (judged.resolved?.fits === false) return judged; // what was proved is not what would land
    if (row === undefined || !isOpen(judged) || (row.standing !== 'review' && row.standing !== 'rejected'))
      return judged;
    return {
      ...settle(judged, row.standing, row.reason, row.evidence),
      risk: row.risk,
      vetoes: row.vetoes,
      verdict: row.verdict,
      pullRequest: row.pullRequest,
    };
  };
}

/** A conflict is found anew by every scan; the pull request that tells of it stays where it was. */
function asToldBefore(ports: Pick<Ports, 'store'>, sibling: string): Rows {
  const told = new Map(
    ports.store
      .commits(sibling)
      .flatMap(({ commit: { sha, standing, pullRequest } }) =>
        standing === 'conflict' && pullRequest !== null ? [[sha, pullRequest] as const] : [],
      ),
  );
  return (judged) => {
    const pullRequest = told.get(judged.commit.sha);
    return pullRequest === undefined || judged.settled?.standing !== 'conflict' ? judged : { ...judged, pullRequest };
  };
}

/** Where commits stand in a scan, which validates nothing. */
export async function scanRows(ports: Ports, request: OfferRequest): Promise<Offered> {
  const { look } = request;
  const remembered = look.judged.map(asRemembered(ports, request.sibling.name));
  const settled = await settleConflicts(ports.git, request, remembered, look.conflicts);
  const conflicted = settled.map(asToldBefore(ports, request.sibling.name));
  const open = conflicted.filter(isOpen);
  const byPath = indexPaths(open);
  const places = new Map(open.map((one, place) => [one, place] as const));
  const judged = conflicted.map((one) => {
    const place = places.get(one);
    return place === undefined ? one : asCandidate(foreseen(one), one.commit.tree, needsOf(open, byPath, place));
  });
  return { judged, unfinished: false, notes: [] };
}

/** Where commits stand in a dry run: validated and decided on, but neither landed nor offered. */
export async function dryRows(ports: Ports, request: OfferRequest): Promise<Offered> {
  const { look, improved } = request;
  const judged = look.judged.map(byRejection(request)).map(byUnmade(improved.unmade)).map(byDecision(improved));
  const rows = await scanRows(ports, { ...request, look: { ...look, judged } });
  return { ...rows, judged: rows.judged.map(byForesight(improved)), unfinished: true };
}

/** What a sync would do with a candidate that was validated. */
function byForesight({ decided }: OfferRequest['improved']): Rows {
  return (judged) => {
    const word = decided.get(judged.commit.sha);
    if (word === undefined || judged.settled?.standing !== 'candidate') return judged;
    const reason =
      word.verdict === 'auto-merge'
        ? 'It was validated; `autosync sync` would merge it.'
        : `It was validated; \`autosync sync\` would offer it for review. ${word.reason}`;
    return settle(judged, 'candidate', reason.trimEnd(), judged.settled.evidence);
  };
}
