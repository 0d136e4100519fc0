import type * as vscode from 'vscode';
import type { Targets } from '../../state/targets.js';
import type { ResolutionFolder } from './resolutionFolder.js';

/** Cleans up once a session: what was begun for commits that are in conflict no more is of no use to anybody. */
export class StaleResolutions implements vscode.Disposable {
  private readonly cleaned = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor(targets: Targets, folder: ResolutionFolder) {
    this.listening = targets.onDidChange(() => {
      for (const { id, overview } of targets.state.targets) {
        // A state that was rebuilt does not know its conflicts until the next look.
        if (overview === null || overview.health.notes.length > 0 || this.cleaned.has(id)) continue;
        this.cleaned.add(id);
        const open = overview.rows.filter(({ standing }) => standing === 'conflict').map(({ sha }) => sha);
        void folder.keepOnly(id, new Set(open));
      }
    });
  }

  /** Stops listening. */
  dispose(): void {
    this.listening.dispose();
  }
}
