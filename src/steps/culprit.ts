import type { NewFailures } from '../core/check.js';
import type { Sha } from '../core/commit.js';
import { flakyName, mayFlip, sightingsWanted } from '../core/confirm.js';
import type { Tried } from '../core/tried.js';
import { tryTree } from '../pipeline/validate.js';
import type { Accused } from './accuse.js';
import { breaks, breaksTheSame, type Cleared, lookAtOnly, type Search, type Sight, soughtIn } from './search.js';

/** The pick that breaks something. */
export interface Culprit {
  readonly index: number;
  readonly found: NewFailures;
  /** An earlier pick without which it breaks nothing; null when it needs none, or that is not known. */
  readonly together: Sha | null;
  /** Where to look again if the rest breaks the same; null when it failed again on the very same tree already. */
  readonly doubt: Sight | null;
  readonly cleared: Cleared;
}

/** What a closer look at an accused pick comes to: it is to blame, or what fails flips on one and the same tree. */
export type Judgement =
  | { readonly kind: 'culprit'; readonly culprit: Culprit }
  | { readonly kind: 'flaky'; readonly names: readonly string[] };

/** Trees that a culprit may cost beside the rest, which is checked once more: of eight picks, three halves tell one. */
const LOOKS = 3;

/** Runs on one tree that settle a failure which does not show where it was expected. */
const RUNS_IN_DOUBT = 3;

/** True when the tip breaks more than what this pick is accused of. */
const breaksMore = (tip: Tried, accused: Accused): boolean =>
  tip.found.failures.length > accused.sight.tried.found.failures.length;

/**
 * Looks at the accused pick without those before it: does it break all by itself? Not where three halves have told it
 * and nothing speaks against them: the answer would only name a partner.
 */
async function lookedAlone(search: Search, tip: Tried, accused: Accused): Promise<Accused> {
  const needless = accused.halves === LOOKS && accused.seen > 1 && !breaksMore(tip, accused);
  if (accused.alone !== null || needless) return accused;
  const sight = await lookAtOnly(search, [accused.index], soughtIn(search, tip));
  if (sight === null) return accused;
  const looks = accused.looks + 1;
  if (!breaks(sight.tried)) return { ...accused, looks, alone: false };
  if (!breaksTheSame(sight.tried.found, accused.sight.tried.found)) return { ...accused, looks };
  return { ...accused, sight, seen: accused.seen + 1, looks, alone: true };
}

/** Trees that may be looked at for this pick: one more when the rest is known then; in a long chain one more than halving took. */
function allowance({ picks }: Search, { index, looks, halves }: Accused): number {
  if (halves > LOOKS) return looks + 1;
  return index === picks.length - 1 ? LOOKS + 1 : LOOKS;
}

/** How often it has to break in all on the smallest tree that it broke, the look that it was broken in included. */
function runsOn(search: Search, tip: Tried, accused: Accused): number {
  const wanted = sightingsWanted(tip.broken);
  const steady = wanted === 2;
  if (accused.alone === false && !steady) return RUNS_IN_DOUBT;
  const spare = allowance(search, accused) - accused.looks;
  const least = accused.seen === 1 || (breaksMore(tip, accused) && !steady) ? 1 : 0;
  return 1 + Math.max(least, Math.min(wanted - accused.seen, spare));
}

/** The first earlier pick with which, and all before it, this one breaks something. */
async function partnerOf(search: Search, index: number, found: NewFailures): Promise<Sha | null> {
  let low = 0;
  let high = index - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const before = Array.from({ length: middle + 1 }, (_unused, place) => place);
    const sight = await lookAtOnly(search, [...before, index], found.failures);
    if (sight !== null && breaks(sight.tried)) high = middle;
    else low = middle + 1;
  }
  return search.picks[high]?.sha ?? null;
}

const flipping = (...all: readonly Tried[]): { readonly flips: readonly string[] } => ({
  flips: [...new Set(all.flatMap(({ found, flaky }) => [...found.failures.map(flakyName), ...flaky]))],
});

/**
 * A tree with what it breaks every time, as far as finding that out is quick; or the names of all that flips there.
 * What names no test, or takes long, is as it was.
 */
export async function steadily(
  { bench }: Search,
  { at, tried }: Sight,
): Promise<Sight | { readonly flips: readonly string[] }> {
  if (!tried.broken.some(mayFlip)) return { at, tried };
  const how = { runs: 1, sure: true, sought: tried.found.failures, seen: tried.broken };
  const again = await tryTree(bench, at, how);
  return breaks(again) ? { at, tried: again } : flipping(tried, again);
}

/** What a tree breaks every time; `again`: it was run again on that very tree. Or the names of what flips there. */
type Steady = { readonly found: NewFailures; readonly again: boolean } | { readonly flips: readonly string[] };

/** Lets what a tree breaks fail again on that very tree, as often as is asked for, or as excludes chance if that is quick. */
async function flipsOn({ bench, alone = false }: Search, { at, tried }: Sight, runs: number): Promise<Steady> {
  if (runs <= 1) return { found: tried.found, again: false };
  const again = await tryTree(bench, at, { runs, alone, sought: tried.found.failures, seen: tried.broken });
  return breaks(again) ? { found: again.found, again: true } : flipping(tried, again);
}

/**
 * Judges an accused pick: what it is accused of has to be seen often enough with it. What does not fail again on a
 * tree on which it failed is flaky, and nobody's fault.
 */
export async function judge(search: Search, tip: Tried, before: Accused): Promise<Judgement> {
  const accused = await lookedAlone(search, tip, before);
  const runs = runsOn(search, tip, accused);
  const again = await flipsOn(search, accused.sight, runs);
  if ('flips' in again) return { kind: 'flaky', names: again.flips };
  const { index, sight, alone, clear } = accused;
  const together = alone === false ? await partnerOf(search, index, again.found) : null;
  const doubt = again.again || sightingsWanted(tip.broken) === 2 ? null : sight;
  const cleared = { picks: clear, of: soughtIn(search, tip) };
  return { kind: 'culprit', culprit: { index, found: again.found, together, doubt, cleared } };
}

/** What flips, when the rest of a chain breaks the same as its culprit: then nobody may be to blame. Empty: somebody is. */
export async function flipsIn(search: Search, { doubt }: Culprit): Promise<readonly string[]> {
  if (doubt === null) return [];
  const again = await flipsOn(search, doubt, RUNS_IN_DOUBT);
  return 'flips' in again ? again.flips : [];
}
