import type { Clock } from '../core/ports.js';
import type { BeatOutcome, Pace, Rhythm, RhythmParts, RhythmState } from '../core/rhythm.js';
import { afterBeat, BUSY_AGAIN, caughtUp, dueAt, dueByNudges, NO_PAST, type Nudges, nudged, type Past } from './due.js';

/** Calls `work` once after some milliseconds, unless what is returned is called before. */
export type Timer = (milliseconds: number, work: () => void) => () => void;

/** What a rhythm asks of the world. */
export interface RhythmWorld {
  readonly clock: Clock;
  readonly timer: Timer;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/**
 * Milliseconds that are slept in one piece. Timers stand still while a machine sleeps, clocks do not: after waking, what
 * is due is noticed within this time.
 */
const LONGEST_NAP = 20_000;

const REAL_WORLD: RhythmWorld = {
  clock: Date.now,
  timer: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

const isSame = (one: Pace | null, other: Pace | null): boolean =>
  one?.every === other?.every && one?.checkedAt === other?.checkedAt && (one === null) === (other === null);

class SteadyRhythm implements Rhythm {
  private readonly parts: RhythmParts;
  private readonly world: RhythmWorld;
  private pace: Pace | null = null;
  private past: Past = NO_PAST;
  private nudges: Nudges | null = null;
  private spread: number;
  private beating = false;
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  private told: RhythmState = { nextAt: null, failures: 0, offline: false };

  constructor(parts: RhythmParts, world: RhythmWorld) {
    this.parts = parts;
    this.world = world;
    this.spread = world.random();
  }

  get state(): RhythmState {
    return this.told;
  }

  keep(pace: Pace | null): void {
    if (this.stopped || isSame(this.pace, pace)) return;
    this.pace = pace;
    if (pace === null) this.nudges = null;
    else this.past = caughtUp(this.past, pace);
    this.plan();
  }

  nudge(): void {
    if (this.pace === null) return;
    this.nudges = nudged(this.nudges, this.world.clock());
    this.plan();
  }

  stop(): void {
    this.stopped = true;
    this.pace = null;
    this.nudges = null;
    this.wakeUp();
  }

  private dueAt(pace: Pace): number {
    const due = dueAt(pace, this.past, this.spread, this.world.clock());
    return this.nudges === null ? due : Math.min(due, dueByNudges(this.nudges));
  }

  private plan(): void {
    this.wakeUp();
    const nextAt = this.pace === null || this.beating ? null : this.dueAt(this.pace);
    if (nextAt !== null) this.sleepUntil(nextAt);
    this.tell(nextAt);
  }

  private sleepUntil(moment: number): void {
    const left = Math.max(0, moment - this.world.clock());
    this.wakeUp = this.world.timer(Math.min(left, LONGEST_NAP), () => this.wake());
  }

  private wake(): void {
    if (this.pace === null || this.beating) return;
    if (this.dueAt(this.pace) > this.world.clock()) this.plan();
    else void this.beat();
  }

  private async beat(): Promise<void> {
    const moved = this.nudges !== null;
    this.nudges = null;
    this.beating = true;
    this.plan();
    const outcome: BeatOutcome = await this.parts.beat().catch(() => 'failed');
    const now = this.world.clock();
    this.beating = false;
    this.past = afterBeat(this.past, outcome, now);
    this.spread = this.world.random();
    // What moved was not looked at: it is looked at when the other run is over.
    if (outcome === 'busy' && moved && this.pace !== null) {
      const later = now + BUSY_AGAIN;
      this.nudges ??= { first: later, last: later };
    }
    this.plan();
  }

  private tell(nextAt: number | null): void {
    const state = { nextAt, failures: this.past.failures, offline: this.past.last?.outcome === 'offline' };
    const { told } = this;
    if (told.nextAt === nextAt && told.failures === state.failures && told.offline === state.offline) return;
    this.told = state;
    this.parts.onChange();
  }
}

/** A rhythm that rests until it is given a pace; by the system's clock when no other world is named. */
export function startRhythm(parts: RhythmParts, world: RhythmWorld = REAL_WORLD): Rhythm {
  return new SteadyRhythm(parts, world);
}
