import type { CheckEnd } from '../../core/checkStep.js';
import type { Sha } from '../../core/commit.js';
import type { ProgressStep } from '../../core/ports.js';

/** A check that has ended on the newest tree that holds a commit. */
export interface EndedCheck extends CheckEnd {
  readonly check: string;
}

/** What is known of the checks of one incoming commit since the last run began. */
export interface Proving {
  /** The check that runs on a tree with it now; null when none does. */
  readonly checking: string | null;
  readonly ended: readonly EndedCheck[];
}

/** The commits that were, or are being, proved: by `provingKey`. A new map at every change, the same entries where nothing changed. */
export type Provings = ReadonlyMap<string, Proving>;

/** Nothing is being proved. */
export const NOTHING_PROVED: Provings = new Map();

/** Under which a commit of a sibling is found. */
export const provingKey = (sibling: string, sha: Sha): string => `${sibling}|${sha}`;

const FRESH: Proving = { checking: null, ended: [] };

function ended({ ended: before }: Proving, now: EndedCheck): Proving {
  const known = before.some(({ check }) => check === now.check);
  return {
    checking: null,
    ended: known ? before.map((one) => (one.check === now.check ? now : one)) : [...before, now],
  };
}

/** What is known after a step of a run. */
export function provedBy(provings: Provings, { sibling, check }: ProgressStep): Provings {
  if (sibling === null || check === undefined || check.picks.length === 0) return provings;
  const after = new Map(provings);
  for (const sha of check.picks) {
    const key = provingKey(sibling, sha);
    const before = after.get(key) ?? FRESH;
    after.set(
      key,
      check.ended === null
        ? { ...before, checking: check.check }
        : ended(before, { ...check.ended, check: check.check }),
    );
  }
  return after;
}

/** What is known when a run is over: nothing is being checked any more. */
export function provingOver(provings: Provings): Provings {
  if (![...provings.values()].some(({ checking }) => checking !== null)) return provings;
  const over = (proving: Proving): Proving => (proving.checking === null ? proving : { ...proving, checking: null });
  return new Map([...provings].map(([key, proving]) => [key, over(proving)]));
}

/** The keys of commits of which something else is known now. */
export function provingChanges(before: Provings, now: Provings): readonly string[] {
  if (before === now) return [];
  return [...new Set([...before.keys(), ...now.keys()])].filter((key) => before.get(key) !== now.get(key));
}
