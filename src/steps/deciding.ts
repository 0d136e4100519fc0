import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { LandingState } from '../core/facts.js';
import type { Baseline, Validated } from '../core/proof.js';
import type { DecideSetting } from '../pipeline/decide.js';

/** What holds for every pick of a chain when it is decided on. */
export const settingOf = (
  config: Config,
  baseline: Baseline,
  validated: Validated,
  migrations: DecideSetting['migrations'],
): DecideSetting => ({
  migrations,
  decide: config.decide,
  autoMerge: config.land.autoMerge,
  redBaseline: config.decide.acceptRedBaseline ? [] : baseline.red,
  hollow: baseline.hollow,
  ran: validated.ran,
  flaky: validated.flaky,
  changed: validated.changed,
});

/** Runs that put a commit on this branch, by the commit: who resets the branch does not want it again unasked. */
export const landedBefore = (landings: readonly LandingState[], branch: string): ReadonlyMap<Sha, string> =>
  new Map(
    landings
      .filter(({ phase, how }) => phase === 'done' && (how === 'auto-merge' || how === 'apply'))
      .filter(({ refs }) => refs.some(({ ref }) => ref === `refs/heads/${branch}`))
      .flatMap(({ run, picks }) => picks.map(({ origin }) => [origin, run] as const)),
  );
