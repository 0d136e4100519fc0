import type * as vscode from 'vscode';
import type { DailyNotices } from '../dailyNotices.js';
import type { Documents } from '../documents/documents.js';
import type { GitHubToken } from '../githubToken.js';
import type { Polling } from '../polling.js';
import type { SourceToken } from '../sourceToken.js';
import type { Targets } from '../state/targets.js';
import type { IncomingView } from '../tree/incomingView.js';

/** What commands work with. */
export interface CommandParts {
  readonly targets: Targets;
  readonly view: IncomingView;
  readonly documents: Documents;
  readonly polling: Polling;
  readonly token: SourceToken;
  readonly github: GitHubToken;
  readonly daily: DailyNotices;
  readonly log: vscode.LogOutputChannel;
  /** What a workspace remembers, such as that a person agreed to what a run lands. */
  readonly memory: vscode.Memento;
  /** Opens the KPI panel; for a target when one is named. */
  readonly showPanel: (target?: string) => void;
}
