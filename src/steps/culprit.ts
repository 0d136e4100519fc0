import type { NewFailures } from '../core/check.js';
import type { Sha } from '../core/commit.js';
import type { PickChain, PickRequest, PickResult } from '../core/gitPort.js';
import { failureIdentity } from '../core/newFailures.js';
import { suspectOf } from '../core/suspect.js';
import { type Bench, type Tried, type TryHow, tryTree } from '../pipeline/validate.js';

/** A pick that is part of a chain. */
export type Picked = Extract<PickResult, { kind: 'picked' }>;

/** A chain in which something breaks, and what is known of it. */
export interface Search {
  readonly bench: Bench;
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
  readonly picks: readonly Picked[];
  /** So many picks at the start break nothing. */
  readonly good: number;
}

/** The pick that breaks something. */
export interface Culprit {
  readonly index: number;
  readonly found: NewFailures;
  /** So many picks at the start break nothing. */
  readonly good: number;
  /** An earlier pick without which it breaks nothing; null when it needs none, or that is not known. */
  readonly together: Sha | null;
}

/** The picks of a chain, in its order. */
export const pickedOf = (chain: PickChain): readonly Picked[] =>
  chain.results.filter((result) => result.kind === 'picked');

/** True when the tree breaks what the target does not. */
export const breaks = ({ found }: Tried): boolean => found.failures.length > 0;

/** One look for the same failures, to point the way. */
const glance = ({ found }: Tried): TryHow => ({ confirm: false, sought: found.failures });

/** Tries some picks of the chain without the others; null when they do not pick like that. */
async function tryOnly(search: Search, indexes: readonly number[], how: TryHow): Promise<Tried | null> {
  const { bench, chain, picks } = search;
  const wanted = new Set(indexes.map((index) => picks[index]?.sha));
  const requests = search.requests.filter(({ commit }) => wanted.has(commit.sha));
  const made = await bench.tools.git.chain(chain.base, requests, bench.signal);
  if (pickedOf(made).length !== wanted.size) return null;
  return tryTree(bench, { commit: made.tip, tree: made.tree }, how);
}

/** Tries the chain up to a pick: every prefix is a tree that exists already, so that no chain is built for it. */
export async function tryPrefix({ bench, picks }: Search, index: number, how: TryHow): Promise<Tried | null> {
  const pick = picks[index];
  return pick === undefined ? null : tryTree(bench, { commit: pick.pick, tree: pick.tree }, how);
}

/** The first pick whose prefix breaks something, by halving; that of the last pick does. */
async function firstBroken(
  search: Search,
  tip: Tried,
): Promise<{ readonly index: number; readonly found: NewFailures }> {
  let low = search.good;
  let high = search.picks.length - 1;
  let found = tip.found;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const tried = await tryPrefix(search, middle, glance(tip));
    if (tried !== null && breaks(tried)) {
      high = middle;
      found = tried.found;
    } else low = middle + 1;
  }
  return { index: high, found };
}

const sameFailure = (one: NewFailures, other: NewFailures): boolean => {
  const identities = new Set(one.failures.map(failureIdentity));
  return other.failures.some((failure) => identities.has(failureIdentity(failure)));
};

/**
 * The pick at which the failures themselves point, if it brings one of them all alone. Another failure would prove
 * nothing: alone, a pick may lack what it builds on.
 */
async function bySuspicion(search: Search, tip: Tried): Promise<Culprit | null> {
  const suspect = suspectOf(search.picks.slice(search.good), tip.broken);
  if (suspect === null) return null;
  const index = search.good + suspect;
  const alone = await tryOnly(search, [index], glance(tip));
  if (alone === null || !sameFailure(tip.found, alone.found)) return null;
  return { index, found: alone.found, good: search.good, together: null };
}

/** The first earlier pick with which, and all before it, this one breaks something. */
async function partnerOf(search: Search, index: number, tip: Tried): Promise<Sha | null> {
  let low = 0;
  let high = index - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const before = Array.from({ length: middle + 1 }, (_unused, place) => place);
    const tried = await tryOnly(search, [...before, index], glance(tip));
    if (tried !== null && breaks(tried)) high = middle;
    else low = middle + 1;
  }
  return search.picks[high]?.sha ?? null;
}

/** True when it passes without the picks before it: then one of them has a part in what breaks. */
async function isFineAlone(search: Search, index: number, tip: Tried): Promise<boolean> {
  if (index === 0) return false;
  const alone = await tryOnly(search, [index], glance(tip));
  return alone !== null && !breaks(alone);
}

/** Says of a pick whose prefix surely breaks whether it does so only together with an earlier one. */
export async function accompanied(search: Search, index: number, tried: Tried): Promise<Culprit> {
  const fine = await isFineAlone(search, index, tried);
  const together = fine ? await partnerOf(search, index, tried) : null;
  return { index, found: tried.found, good: index, together };
}

/**
 * Finds the pick to blame for a tip that breaks something twice: by what the failures name, else by halving. A prefix
 * that broke only once, with a pick that is fine alone, has to break again before its last pick is blamed.
 */
export async function findCulprit(search: Search, tip: Tried): Promise<Culprit> {
  const suspected = await bySuspicion(search, tip);
  if (suspected !== null) return suspected;
  const { index, found } = await firstBroken(search, tip);
  const last = search.picks.length - 1;
  const fine = await isFineAlone(search, index, tip);
  if (!fine) return { index, found, good: index, together: null };
  const sure = index === last ? tip : await tryPrefix(search, index, { ...glance(tip), confirm: true });
  if (sure !== null && !breaks(sure)) return findCulprit({ ...search, good: index + 1 }, tip);
  return { index, found: sure?.found ?? found, good: index, together: await partnerOf(search, index, tip) };
}
