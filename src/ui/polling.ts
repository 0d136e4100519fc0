import type * as vscode from 'vscode';
import type { Targets } from './state/targets.js';

/** What polling works with. */
export interface PollingOptions {
  readonly targets: Targets;
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** Starts runs by itself: by the clock, and when a sibling on this machine changes. */
export class Polling implements vscode.Disposable {
  constructor(_options: PollingOptions) {}

  /** Stops starting runs until `resume`, over windows and restarts. */
  pause(): void {}

  /** Starts runs again. */
  resume(): void {}

  /** Stops for good. */
  dispose(): void {}
}
