import type { Fact, LandingState, PullRequestState } from '../core/facts.js';
import type { PullRequest } from '../core/forgePort.js';
import type { Ports } from '../core/ports.js';

/** A merge as the history of landings keeps it; null when nothing of a sibling came with it. */
export function landingOf(
  tools: Pick<Ports, 'git' | 'clock'>,
  state: Pick<PullRequestState, 'lane' | 'sibling' | 'base' | 'picks' | 'run' | 'branch' | 'page'>,
  merged: Pick<PullRequest, 'mergedAs' | 'mergesItself'>,
): Fact | null {
  if (merged.mergedAs === null || state.picks.length === 0) return null;
  // Whoever resolved conflicts made the picks, and their trailers tell of them.
  if (state.lane === 'revert' || state.lane === 'conflict') return null;
  const how: LandingState['how'] = state.lane === 'auto' && merged.mergesItself ? 'auto-merge' : 'apply';
  const ref = `refs/heads/${tools.git.target.branch}`;
  const landing: LandingState = {
    id: `${state.branch}/${merged.mergedAs.slice(0, 12)}`,
    run: state.run,
    sibling: state.sibling,
    at: new Date(tools.clock()).toISOString(),
    phase: 'done',
    how,
    refs: [{ ref, before: state.base, after: merged.mergedAs }],
    picks: state.picks,
    ...(state.page === null ? {} : { pullRequest: state.page }),
  };
  return { kind: 'landing', landing };
}
