/** How often something is due, and since when. Milliseconds; `checkedAt` since 1970, null when it was never done. */
export interface Pace {
  readonly every: number;
  readonly checkedAt: number | null;
}

/**
 * How a beat ended: `offline` when nothing could be reached, `busy` when somebody else is at it, which is no failure,
 * `failed` for everything else that went wrong.
 */
export type BeatOutcome = 'done' | 'offline' | 'busy' | 'failed';

/** What a rhythm says of itself. */
export interface RhythmState {
  /** Milliseconds since 1970; null while it rests and while it beats. */
  readonly nextAt: number | null;
  /** Beats in a row that failed or reached nothing. */
  readonly failures: number;
  readonly offline: boolean;
}

/** What beats, and who is told. */
export interface RhythmParts {
  /** Does the work once; never called while it is under way. Never throws. */
  readonly beat: () => Promise<BeatOutcome>;
  /** Called after every change of the state. */
  readonly onChange: () => void;
}

/** Does something again and again, never two at once. */
export interface Rhythm {
  readonly state: RhythmState;
  /** Goes by this pace from now on; null: rests. What is under way goes on. */
  keep(pace: Pace | null): void;
  /** Something moved: beats soon, once for many nudges. A rhythm that rests stays at rest. */
  nudge(): void;
  /** Rests for good. */
  stop(): void;
}
