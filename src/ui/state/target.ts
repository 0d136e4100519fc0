import * as vscode from 'vscode';
import type { EditorEngine } from '../../core/engine.js';
import { AutoSyncError, isProblem } from '../../core/errors.js';
import type { Progress, ProgressStep } from '../../core/ports.js';
import { sanitize } from '../../core/sanitize.js';
import { type ActivityKind, NOT_POLLING, type PollingState, type TargetState, type Trouble } from './model.js';
import { NOTHING_PROVED, provedBy, provingOver } from './proving.js';

/** UTF-16 units of a message that are shown. */
const LONGEST_MESSAGE = 2_000;

/** What proves commits anew, so that what was known of the checks of the last run is forgotten. */
const PROVING: ReadonlySet<ActivityKind> = new Set(['scan', 'sync', 'apply']);

/** An engine that can be ended. */
export interface RunningEngine {
  readonly engine: EditorEngine;
  stop(): Promise<void>;
}

/** What a person asks for beside the work itself. */
export interface WorkOptions {
  readonly scheduled?: boolean;
}

const placeOf = (error: unknown): Pick<Trouble, 'place'> => {
  if (!isProblem(error) || error.problem.code !== 'config') return {};
  const { line, column, what, next } = error.problem;
  return { place: { line, column, what: sanitize(what, LONGEST_MESSAGE), next: sanitize(next, LONGEST_MESSAGE) } };
};

const troubleOf = (error: unknown): Trouble => ({
  code: isProblem(error) ? error.code : 'unknown',
  message: sanitize(error instanceof Error ? error.message : String(error), LONGEST_MESSAGE),
  ...placeOf(error),
});

/** One open folder: its engine, what is known of it, and what is under way. It announces; views listen. */
export class Target implements vscode.Disposable {
  readonly folder: vscode.WorkspaceFolder;
  private readonly running: RunningEngine;
  private readonly changed = new vscode.EventEmitter<void>();
  private now: TargetState;
  private reading: Promise<void> | null = null;
  private again = false;
  private controller: AbortController | null = null;
  private stale = false;
  private gone = false;

  /** Fires after every change of `state`. */
  readonly onDidChange = this.changed.event;

  constructor(folder: vscode.WorkspaceFolder, start: (progress: Progress) => RunningEngine) {
    this.folder = folder;
    this.now = {
      id: folder.uri.toString(),
      name: folder.name,
      folder: folder.uri.fsPath,
      overview: null,
      trouble: null,
      activity: null,
      provings: NOTHING_PROVED,
      polling: NOT_POLLING,
    };
    this.running = start((step) => this.follow(step));
  }

  /** What every view shows. */
  get state(): TargetState {
    return this.now;
  }

  /** Answers what needs no turn: previews, explanations, one commit's details. */
  get engine(): EditorEngine {
    return this.running.engine;
  }

  /** Reads the state anew. However often it is called while a reading is under way, one more reading follows. */
  refresh(): Promise<void> {
    this.again = true;
    this.reading ??= this.read();
    return this.reading;
  }

  /**
   * Does work that changes something, one at a time, cancellable by `cancel` and by `signal`; the state is read anew
   * afterwards. Throws `locked` when something else is under way here, and `cancelled` when the folder was closed.
   */
  async work<T>(
    kind: ActivityKind,
    run: (engine: EditorEngine, signal: AbortSignal) => Promise<T>,
    { scheduled = false }: WorkOptions = {},
  ): Promise<T> {
    if (this.gone) throw new AutoSyncError({ code: 'cancelled' });
    if (this.controller !== null)
      throw new AutoSyncError({ code: 'locked', holder: `this window, ${this.now.activity?.kind ?? 'working'}` });
    const controller = new AbortController();
    this.controller = controller;
    const provings = PROVING.has(kind) ? NOTHING_PROVED : this.now.provings;
    this.change({ activity: { kind, scheduled, step: null }, provings });
    try {
      return await run(this.engine, controller.signal);
    } finally {
      await this.settle();
    }
  }

  /** Cancels what is under way; it says so itself when it has ended. */
  cancel(): void {
    this.controller?.abort();
  }

  /** Told by whoever polls this target. */
  setPolling(polling: PollingState): void {
    this.change({ polling });
  }

  /**
   * Ends the engine, so that the next question starts it with what is true then: other secrets, for example. Work that
   * is under way ends first.
   */
  async restart(): Promise<void> {
    this.stale = true;
    if (this.controller === null) await this.stopStale();
  }

  /** Cancels what is under way and ends the engine; nothing starts it again. */
  async stop(): Promise<void> {
    this.gone = true;
    this.cancel();
    await this.running.stop();
  }

  /** The same, without waiting for it. */
  dispose(): void {
    this.changed.dispose();
    void this.stop();
  }

  private async stopStale(): Promise<void> {
    if (!this.stale) return;
    this.stale = false;
    // A reading that is under way is cancelled with the engine, and begins again.
    this.again ||= this.reading !== null;
    await this.running.stop();
  }

  /** What other work waits for: the turn ends with what is known after it. */
  private async settle(): Promise<void> {
    await this.stopStale();
    await this.refresh();
    this.controller = null;
    this.change({ activity: null, provings: provingOver(this.now.provings) });
    // Asked for while the state was read; what began since then takes it along.
    if (this.controller === null) await this.stopStale();
  }

  private follow(step: ProgressStep): void {
    const { activity, provings } = this.now;
    if (activity !== null) this.change({ activity: { ...activity, step }, provings: provedBy(provings, step) });
  }

  private change(part: Partial<TargetState>): void {
    this.now = { ...this.now, ...part };
    this.changed.fire();
  }

  private async read(): Promise<void> {
    while (this.again && !this.gone) {
      this.again = false;
      try {
        this.change({ overview: await this.engine.overview(), trouble: null });
      } catch (error) {
        if (!isProblem(error, 'cancelled')) this.change({ overview: null, trouble: troubleOf(error) });
      }
    }
    this.reading = null;
  }
}
