import type { RunReport } from '../../core/enhancement.js';
import { isProblem } from '../../core/errors.js';
import type { SiblingOverview } from '../../core/overview.js';
import type { BeatOutcome } from '../../core/rhythm.js';

/**
 * What a run says of the network: `offline` when every sibling with an address was out of reach. Folders need none, and
 * a sibling that refuses was reached.
 */
export function outcomeOf(
  report: Pick<RunReport, 'siblings'>,
  siblings: readonly Pick<SiblingOverview, 'name' | 'folder'>[],
): BeatOutcome {
  const far = new Set(siblings.filter(({ folder }) => folder === null).map(({ name }) => name));
  const asked = report.siblings.filter(({ name }) => far.has(name));
  const isOffline = asked.length > 0 && asked.every(({ errorCode }) => errorCode === 'sibling-unreachable');
  return isOffline ? 'offline' : 'done';
}

/** How a run that threw ended. A cancelled one counts as done: a person did not want it now. */
export function outcomeOfError(error: unknown): BeatOutcome {
  if (isProblem(error, 'locked')) return 'busy';
  return isProblem(error, 'cancelled') ? 'done' : 'failed';
}
