import type { LandingRef } from './facts.js';

/**
 * What a landing that was cut off left in the working tree: nothing that is surely its own, all of it and finished
 * now, or some of it behind a lock of git that only a person may remove.
 */
export type LandingRemains = 'nothing' | 'finished' | 'locked';

/** How work lands in the target's own repository. */
export interface LandingPort {
  /** True when the target's working tree can receive a fast-forward of its branch now; else why not, in words. */
  landable(
    branch: string,
  ): Promise<
    | { readonly kind: 'ref-only' }
    | { readonly kind: 'fast-forward'; readonly worktree: string }
    | { readonly kind: 'no'; readonly why: string }
  >;
  /** Brings objects home and moves the refs by compare-and-swap, all or none. Throws `moved`, `cannot-land`. */
  land(move: {
    readonly refs: readonly LandingRef[];
    readonly fastForward: { readonly branch: string; readonly worktree: string } | null;
    readonly run: string;
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** Finishes a fast-forward of a checked-out branch that a kill cut off half way, when every difference is its own. */
  finishLanding(move: LandingRef, run: string): Promise<LandingRemains>;
}
