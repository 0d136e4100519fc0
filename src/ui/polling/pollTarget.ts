import * as vscode from 'vscode';
import type { RunReport } from '../../core/enhancement.js';
import type { BeatOutcome, Rhythm, RhythmParts } from '../../core/rhythm.js';
import type { DailyNotices } from '../dailyNotices.js';
import { errorText } from '../errorText.js';
import type { PollingState } from '../state/model.js';
import type { Target } from '../state/target.js';
import { outcomeOf, outcomeOfError } from './outcome.js';
import { SiblingWatch } from './siblingWatch.js';
import { type Wish, type WishFacts, wishOf } from './wish.js';

/** Milliseconds after which a window that only follows asks again whether it may poll. */
const ASK_AGAIN = 60_000;

/** What polling one target needs. */
export interface PollTargetParts {
  readonly target: Target;
  readonly rhythm: (parts: RhythmParts) => Rhythm;
  readonly log: vscode.LogOutputChannel;
  /** Takes every token out of a text. */
  readonly redact: (text: string) => string;
  /** Told what came of runs that nobody watched. */
  readonly daily: DailyNotices;
}

/** Whether this window is the one that polls. */
type Right = 'none' | 'asking' | 'held' | 'refused';

const isSame = (one: PollingState, other: PollingState): boolean =>
  one.mode === other.mode &&
  one.paused === other.paused &&
  one.follows === other.follows &&
  one.offline === other.offline &&
  one.failures === other.failures &&
  one.nextAt === other.nextAt;

/** Polls one target when this window is the one that may; else it follows, and asks again from time to time. */
export class PollTarget implements vscode.Disposable {
  private readonly target: Target;
  private readonly daily: DailyNotices;
  private readonly log: vscode.LogOutputChannel;
  private readonly redact: (text: string) => string;
  private readonly rhythm: Rhythm;
  private readonly watch = new SiblingWatch(() => this.rhythm.nudge());
  private wish: Wish = { kind: 'rest' };
  private facts: WishFacts = { trusted: false, mode: 'off', paused: false };
  private right: Right = 'none';
  private again: NodeJS.Timeout | undefined;
  private gone = false;
  /** True when another window polled when this was last asked. */
  private followed = false;
  /** Siblings that were not looked at yet when this was last asked. */
  private unseen: readonly string[] = [];

  constructor({ target, rhythm, log, redact, daily }: PollTargetParts) {
    this.target = target;
    this.daily = daily;
    this.log = log;
    this.redact = redact;
    this.rhythm = rhythm({ beat: () => this.beat(), onChange: () => this.tell() });
  }

  /** Goes by what is true now. */
  update(facts: WishFacts): void {
    this.facts = facts;
    const before = this.wish;
    this.wish = wishOf(this.target.state, facts);
    if (this.wish.kind === 'poll' && this.right === 'none') void this.ask();
    if (this.wish.kind === 'rest') this.leave();
    this.apply();
    // Who just said that it may land does not want to wait for an hour.
    if (before.kind === 'poll' && before.mode === 'scan' && this.wish.kind === 'poll' && this.wish.mode === 'sync')
      this.rhythm.nudge();
  }

  /** Polls no more; the right to it ends with the engine. */
  dispose(): void {
    // Answers that are under way come later: they must not begin anything any more.
    this.gone = true;
    clearTimeout(this.again);
    this.rhythm.stop();
    this.watch.dispose();
  }

  private apply(): void {
    if (this.gone) return;
    const wish = this.right === 'held' ? this.wish : ({ kind: 'rest' } as const);
    const siblings = this.target.state.overview?.siblings ?? [];
    this.watch.follow(wish.kind === 'poll' ? siblings.flatMap(({ folder }) => folder ?? []) : []);
    this.rhythm.keep(wish.kind === 'poll' ? wish.pace : null);
    if (wish.kind === 'poll') this.noticeNew();
    this.tell();
  }

  /** A sibling that the configuration names since a moment ago is looked at soon, not in an hour. */
  private noticeNew(): void {
    const siblings = this.target.state.overview?.siblings ?? [];
    const unseen = siblings.filter(({ seenAt, error }) => seenAt === null && error === null).map(({ name }) => name);
    const isNew = unseen.some((name) => !this.unseen.includes(name));
    this.unseen = unseen;
    if (isNew) this.rhythm.nudge();
  }

  private async ask(): Promise<void> {
    this.right = 'asking';
    const isOurs = await this.mayPoll();
    this.right = isOurs ? 'held' : 'refused';
    if (this.wish.kind === 'rest') this.leave();
    else if (!isOurs) this.askLater();
    this.apply();
    this.catchUp(isOurs);
  }

  /** Between the end of the window that polled and now nobody noticed folders that moved. */
  private catchUp(isOurs: boolean): void {
    const hasFolders = this.target.state.overview?.siblings.some(({ folder }) => folder !== null) ?? false;
    if (isOurs && this.followed && hasFolders) this.rhythm.nudge();
    this.followed = !isOurs;
  }

  private askLater(): void {
    clearTimeout(this.again);
    if (this.gone) return;
    this.again = setTimeout(() => {
      if (this.right === 'refused') this.right = 'none';
      this.update(this.facts);
    }, ASK_AGAIN);
  }

  private async mayPoll(): Promise<boolean> {
    try {
      return await this.target.engine.startPolling();
    } catch (error) {
      this.log.warn(`This window cannot poll: ${errorText(error, this.redact)}`);
      return false;
    }
  }

  private leave(): void {
    clearTimeout(this.again);
    if (this.right === 'held') void this.target.engine.stopPolling().catch(() => undefined);
    if (this.right !== 'asking') this.right = 'none';
  }

  /** What is wanted now; null when nothing may be looked at. */
  private wanted(): Extract<Wish, { kind: 'poll' }> | null {
    return this.gone || !vscode.workspace.isTrusted || this.wish.kind === 'rest' ? null : this.wish;
  }

  private async beat(): Promise<BeatOutcome> {
    if (this.wanted() === null) return 'busy';
    // Asked every time: the engine may have been started anew since, and another window may poll now.
    if (!(await this.mayPoll())) {
      this.right = 'refused';
      this.askLater();
      this.apply();
      return 'busy';
    }
    // A person may have paused it, or closed the folder, while the right was asked for.
    const wish = this.wanted();
    if (wish === null) return 'busy';
    try {
      const report = await this.look(wish.mode);
      this.daily.noted(report.notes);
      return outcomeOf(report, this.target.state.overview?.siblings ?? []);
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome === 'failed') this.log.error(errorText(error, this.redact));
      this.daily.failed(error);
      return outcome;
    }
  }

  private look(mode: 'scan' | 'sync'): Promise<RunReport> {
    return this.target.work(
      mode,
      (engine, signal) => (mode === 'sync' ? engine.sync({ dryRun: false, signal }) : engine.scan({ signal })),
      { scheduled: true },
    );
  }

  private tell(): void {
    const { mode, paused } = this.facts;
    const isWanted = this.wish.kind === 'poll';
    const { nextAt, failures, offline } = this.rhythm.state;
    const polling = { mode, paused, follows: isWanted && this.right === 'refused', offline, failures, nextAt };
    if (!isSame(this.target.state.polling, polling)) this.target.setPolling(polling);
  }
}
