import { type Sha, shortSha } from './commit.js';
import type { Decision, LandingState } from './facts.js';
import type { AppliedMatch } from './gitPort.js';
import { isOpen, type Judged, settle } from './judged.js';

/** How AutoSync itself landed a pick, by the commit that it made: itself, and the page of the pull request, if any. */
export type LandedBy = ReadonlyMap<Sha, { readonly how: 'auto-merge' | 'apply'; readonly page: string | null }>;

/** How AutoSync landed each pick it made. A forge may make other commits of them: there the origins tell too. */
export const landedBy = (landings: readonly LandingState[]): LandedBy =>
  new Map(
    landings.flatMap(({ how, picks, pullRequest = null }) => {
      if (how === 'review' || how === 'undo') return [];
      const names = picks.flatMap(({ origin, pick }) => (pullRequest === null ? [pick] : [pick, origin]));
      return names.map((name) => [name, { how, page: pullRequest }] as const);
    }),
  );

function landedRow(judged: Judged, match: AppliedMatch, byUs: LandedBy): Judged {
  const { how, page } = byUs.get(match.in) ?? byUs.get(judged.commit.sha) ?? ({ how: 'person', page: null } as const);
  const words = { 'auto-merge': 'merged by AutoSync', apply: 'applied by a person', person: 'merged by a person' }[how];
  const landed = settle(judged, 'landed', `It is in the target as ${shortSha(match.in)}, ${words}.`, {
    kind: 'landed',
    pick: match.in,
    tree: match.tree,
    how,
  });
  return {
    ...landed,
    pullRequest: page,
    landed: match.in,
    verdict: how === 'auto-merge' ? 'auto-merge' : judged.verdict,
  };
}

const RUNGS: Readonly<Record<AppliedMatch['by'], string>> = {
  'origin-trailer': 'its message names this commit as origin',
  'patch-id': 'it makes exactly this change',
  'context-free-patch-id': 'it makes the same change with other lines around it',
};

/** The ladder's word on a commit that stands in the target. */
export function byLadder(judged: Judged, match: AppliedMatch | undefined, byUs: LandedBy): Judged {
  if (match === undefined || match.revertedBy !== null || !isOpen(judged)) return judged;
  if (match.by === 'origin-trailer' && match.run !== null) return landedRow(judged, match, byUs);
  const reason = `The target has it as ${shortSha(match.in)}: ${RUNGS[match.by]}.`;
  return settle(judged, 'present', reason, { kind: 'present', by: match.by, in: match.in });
}

/** What the target took back counts as declined; a person's own words about it come before this. */
export function byTakenBack(judged: Judged, match: AppliedMatch | undefined): Judged {
  if (match === undefined || match.revertedBy === null || !isOpen(judged)) return judged;
  const because = `the target reverted it in ${shortSha(match.revertedBy)}`;
  const evidence = { kind: 'declined', by: 'the target', because, until: null } as const;
  return settle(judged, 'declined', `It was in the target as ${shortSha(match.in)}, and ${because}.`, evidence);
}

/** A person's no holds for the change wherever it comes from: a sibling may be renamed, or pull from another. */
export function byDecision(
  judged: Judged,
  decisions: readonly Decision[],
  patchId: string | undefined,
  now: number,
): Judged {
  const holds = ({ until }: Decision): boolean => until === null || Date.parse(until) > now;
  const said = decisions.find(
    (one) => holds(one) && (one.sha === judged.commit.sha || (patchId !== undefined && one.patchId === patchId)),
  );
  if (said === undefined || !isOpen(judged)) return judged;
  const until = said.until === null ? '' : ` until ${said.until}`;
  return settle(judged, 'declined', `${said.by} declined it${until}: ${said.because}`, {
    kind: 'declined',
    by: said.by,
    because: said.because,
    until: said.until,
  });
}
