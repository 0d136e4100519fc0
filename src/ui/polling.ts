import * as vscode from 'vscode';
import type { Rhythm, RhythmParts } from '../core/rhythm.js';
import type { RowFilter } from '../core/rowFilter.js';
import type { DailyNotices } from './dailyNotices.js';
import { errorText } from './errorText.js';
import { PollingChoice } from './polling/choice.js';
import { PollTarget } from './polling/pollTarget.js';
import { Telling } from './polling/telling.js';
import type { Activity, PollingMode } from './state/model.js';
import type { Target } from './state/target.js';
import type { Targets } from './state/targets.js';

const PAUSED = 'polling.paused';

/** What polling works with. */
export interface PollingOptions {
  readonly targets: Targets;
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  /** Takes every token out of a text. */
  readonly redact: (text: string) => string;
  /** Told what came of runs that nobody watched. */
  readonly daily: DailyNotices;
  /** Makes what says when. */
  readonly rhythm: (parts: RhythmParts) => Rhythm;
  /** Shows rows of a target. */
  readonly show: (target: string, filter: RowFilter) => Promise<void>;
}

/** A target as polling knows it. */
interface Polled {
  readonly poll: PollTarget;
  /** What was under way when it last changed. */
  activity: Activity | null;
}

/** What need not hold activation up. */
function soon(work: () => void): vscode.Disposable {
  const waiting = setImmediate(work);
  return new vscode.Disposable(() => clearImmediate(waiting));
}

/** Starts runs by itself: by the clock, and when a sibling on this machine changes. */
export class Polling implements vscode.Disposable {
  private readonly options: PollingOptions;
  private readonly choice: PollingChoice;
  private readonly telling: Telling;
  private readonly polled = new Map<Target, Polled>();
  private readonly listening: vscode.Disposable;

  constructor(options: PollingOptions) {
    this.options = options;
    const { targets, memory, show } = options;
    this.choice = new PollingChoice(memory);
    this.telling = new Telling({ memory, show, choice: this.choice, onAnswer: () => this.follow() });
    this.listening = vscode.Disposable.from(
      targets.onDidChange(() => this.follow()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.follow()),
      vscode.workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration('autosync.polling') && this.follow(),
      ),
      soon(() => this.follow()),
    );
  }

  /** Stops starting runs until `resume`, over windows and restarts. What is under way goes on. */
  pause(): void {
    void this.options.memory.update(PAUSED, true).then(() => this.follow());
  }

  /** Starts runs again. */
  resume(): void {
    void this.options.memory.update(PAUSED, undefined).then(() => this.follow());
  }

  /** Takes a person's word on what happens by itself on a target. */
  async choose(target: Target, mode: PollingMode): Promise<void> {
    await this.choice.make(target.folder.uri, mode);
    this.follow();
  }

  /** Stops for good. */
  dispose(): void {
    this.listening.dispose();
    for (const { poll } of this.polled.values()) poll.dispose();
    this.polled.clear();
  }

  private follow(): void {
    const { targets, memory } = this.options;
    const open = targets.all;
    for (const [target, { poll }] of this.polled)
      if (!open.includes(target)) {
        this.polled.delete(target);
        poll.dispose();
      }
    const paused = memory.get<boolean>(PAUSED, false);
    for (const target of open) {
      const { poll } = this.polledOf(target);
      this.noticeEnd(target);
      poll.update({ trusted: vscode.workspace.isTrusted, mode: this.choice.mode(target.folder.uri), paused });
    }
  }

  private polledOf(target: Target): Polled {
    const { rhythm, log, redact, daily } = this.options;
    const known = this.polled.get(target) ?? {
      poll: new PollTarget({ target, rhythm, log, redact, daily }),
      activity: null,
    };
    this.polled.set(target, known);
    return known;
  }

  private noticeEnd(target: Target): void {
    const polled = this.polledOf(target);
    const { log, redact } = this.options;
    const ended = target.state.activity === null ? polled.activity : null;
    polled.activity = target.state.activity;
    if (ended !== null)
      void this.telling.ended(target, ended).catch((error: unknown) => log.error(errorText(error, redact)));
  }
}
