import type { LandingState } from '../core/facts.js';

/** Landings that brought something into the target and were not taken back. A pushed review branch brings nothing. */
export const lastingLandings = (landings: readonly LandingState[]): readonly LandingState[] =>
  landings.filter(({ phase, how }) => phase === 'done' && (how === 'auto-merge' || how === 'apply'));
