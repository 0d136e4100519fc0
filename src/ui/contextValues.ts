import { pullRequestPage } from './commands/forgePages.js';
import { undoableRuns } from './commands/landingWords.js';
import type { ContextKeys } from './contributions.js';
import { canApply, canDecline, canResolve } from './possible.js';
import { faceOf } from './state/face.js';
import { hasSiblings, type TargetState, type WindowState } from './state/model.js';

/** The keys that follow from what a window knows; the others are told by the views that own them. */
export type WindowKeys = Omit<
  ContextKeys,
  | 'autosync.filtered'
  | 'autosync.settledHidden'
  | 'autosync.hasSourceToken'
  | 'autosync.hasGitHubAccess'
  | 'autosync.incomingPaths'
>;

const pollingOf = (targets: readonly TargetState[]): 'on' | 'paused' | 'off' => {
  const modes = targets.filter(({ polling }) => polling.mode !== 'off');
  if (modes.length === 0) return 'off';
  return modes.some(({ polling }) => polling.paused) ? 'paused' : 'on';
};

/** What `when` clauses depend on: a command is offered only when there is something that it can work on. */
export function contextValues(window: WindowState): WindowKeys {
  const { targets } = window;
  const overviews = targets.flatMap(({ overview }) => overview ?? []);
  const rows = overviews.flatMap((overview) => overview.rows);
  return {
    'autosync.face': faceOf(window),
    'autosync.hasTarget': targets.some(hasSiblings),
    'autosync.running': targets.some(({ activity }) => activity !== null),
    'autosync.polling': pollingOf(targets),
    'autosync.canUndo': overviews.some(({ landings }) => undoableRuns(landings).length > 0),
    'autosync.hasRows': rows.length > 0,
    'autosync.hasIncoming': rows.some(canApply),
    'autosync.hasDeclinable': rows.some(canDecline),
    'autosync.hasConflict': rows.some(canResolve),
    'autosync.hasPullRequest': overviews.some((overview) =>
      overview.rows.some((row) => pullRequestPage(overview, row) !== null),
    ),
    'autosync.hasForge': overviews.some(({ siblings }) => siblings.some(({ commitPage }) => commitPage !== null)),
  };
}
