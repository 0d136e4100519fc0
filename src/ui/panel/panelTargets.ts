import * as vscode from 'vscode';
import { hasSiblings } from '../state/model.js';
import type { Targets } from '../state/targets.js';
import type { PanelSource } from './panelSource.js';

/** What the panel can show: the targets that have siblings, else every open folder, so that it can say how to begin. */
export function panelSources(targets: Targets): readonly PanelSource[] {
  const all = targets.all.map((target) => ({
    id: target.state.id,
    name: target.state.name,
    configured: hasSiblings(target.state),
    kpis: () => target.engine.kpis(),
  }));
  const configured = all.filter((source) => source.configured);
  return configured.length > 0 ? configured : all;
}

/** Fires when what is known of a target was read anew, and not at each step of a run. */
export function figuresChange(targets: Targets): vscode.Disposable & { readonly event: vscode.Event<void> } {
  const emitter = new vscode.EventEmitter<void>();
  let before: readonly unknown[] = [];
  const listening = targets.onDidChange(() => {
    const now = targets.state.targets.flatMap(({ overview, trouble }) => [overview, trouble]);
    if (now.length === before.length && now.every((one, index) => one === before[index])) return;
    before = now;
    emitter.fire();
  });
  return { event: emitter.event, dispose: () => vscode.Disposable.from(listening, emitter).dispose() };
}
