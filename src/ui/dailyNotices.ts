import type * as vscode from 'vscode';
import { isProblem } from '../core/errors.js';
import { isExpiryNote } from '../core/tokenExpiry.js';
import { tellResult } from './commands/tell.js';
import { COMMANDS } from './contributions.js';
import { dueNotice } from './dueNotice.js';
import { editorWords } from './editorWords.js';
import { plainLabel } from './plainLabel.js';
import { type Telling, tellError } from './tellError.js';

/** What is remembered, over windows: when each was told last. */
const [EXPIRY, REFUSAL, LOSS] = ['github.expiryTold', 'github.refusalTold', 'github.lossTold'];

const SET_TOKEN = { title: 'Set GitHub Token...', command: COMMANDS.setGitHubToken };
const SIGN_IN = { title: 'Sign In to GitHub...', command: COMMANDS.signIn };

/** Says what a person must know of the target's token, each at most once a day. */
export class DailyNotices {
  private readonly memory: vscode.Memento;
  private readonly telling: Telling;

  /** `memory` is that of the person, not of one workspace. */
  constructor(memory: vscode.Memento, telling: Telling) {
    this.memory = memory;
    this.telling = telling;
  }

  /** Looks at what a run noted: the token may be about to end. */
  noted(notes: readonly string[]): void {
    const note = notes.find(isExpiryNote);
    if (note === undefined || !this.isDue(EXPIRY)) return;
    tellResult('warning', plainLabel(editorWords(note)), [SET_TOKEN, SIGN_IN]);
  }

  /** The account that AutoSync was to work on GitHub with gives no token any more. */
  missed(): void {
    if (!this.isDue(LOSS)) return;
    const text =
      'The GitHub account that AutoSync was to use is signed out. Pull requests that it opened wait, and nothing of their repositories lands; where it opened none, work lands on local branches. Sign in again, or sign AutoSync out.';
    tellResult('warning', text, [SIGN_IN, { title: 'Sign Out', command: COMMANDS.signOut }]);
  }

  /** Looks at why a run that nobody started ended: when the forge refuses, every further one ends so too. */
  failed(error: unknown): void {
    if (isProblem(error, 'forge-refused') && this.isDue(REFUSAL)) void tellError(this.telling, error);
  }

  private isDue(key: string): boolean {
    const now = Date.now();
    if (!dueNotice(this.memory.get<number>(key), now)) return false;
    void this.memory.update(key, now);
    return true;
  }
}
