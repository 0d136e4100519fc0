import type * as vscode from 'vscode';
import { setContext } from './contextKeys.js';
import { faceOf } from './state/face.js';
import type { TargetState, WindowState } from './state/model.js';
import type { Targets } from './state/targets.js';

const pollingOf = (targets: readonly TargetState[]): 'on' | 'paused' | 'off' => {
  const modes = targets.filter(({ polling }) => polling.mode !== 'off');
  if (modes.length === 0) return 'off';
  return modes.some(({ polling }) => polling.paused) ? 'paused' : 'on';
};

/** Tells the editor what `when` clauses depend on. */
function tell(window: WindowState): void {
  const { targets } = window;
  const rows = targets.flatMap(({ overview }) => overview?.rows ?? []);
  setContext('autosync.face', faceOf(window));
  setContext(
    'autosync.hasTarget',
    targets.some(({ overview }) => (overview?.siblings.length ?? 0) > 0),
  );
  setContext(
    'autosync.running',
    targets.some(({ activity }) => activity !== null),
  );
  setContext('autosync.polling', pollingOf(targets));
  setContext(
    'autosync.canUndo',
    targets.some(({ overview }) => (overview?.landings.length ?? 0) > 0),
  );
  setContext(
    'autosync.hasIncoming',
    rows.some(({ standing }) => standing === 'review' || standing === 'candidate' || standing === 'waiting'),
  );
  setContext(
    'autosync.hasConflict',
    rows.some(({ standing }) => standing === 'conflict'),
  );
}

/** Keeps the context keys of the window true until what is returned is disposed. */
export function followContext(targets: Targets): vscode.Disposable {
  tell(targets.state);
  return targets.onDidChange(() => tell(targets.state));
}
