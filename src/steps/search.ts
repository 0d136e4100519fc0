import type { NewFailures } from '../core/check.js';
import { shareFailure, steadyFailures } from '../core/confirm.js';
import type { PickChain, PickRequest, PickResult } from '../core/gitPort.js';
import { failureIdentity } from '../core/newFailures.js';
import type { Checked } from '../core/proof.js';
import type { Failure } from '../core/standing.js';
import type { Tried } from '../core/tried.js';
import { type Bench, tryTree } from '../pipeline/validate.js';
import { buildChain } from './chain.js';

/** A pick that is part of a chain. */
export type Picked = Extract<PickResult, { kind: 'picked' }>;

/** Picks at the start of a chain that do not show some failures. */
export interface Cleared {
  readonly picks: number;
  readonly of: readonly Failure[];
}

/** A chain in which something breaks, and what is known of it. */
export interface Search {
  readonly bench: Bench;
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
  readonly picks: readonly Picked[];
  readonly cleared: Cleared;
  /** True: what is sought shows in runs of its files alone. Default: false. */
  readonly alone?: boolean;
}

/** A tree of some picks of the chain, and what it breaks. */
export interface Sight {
  readonly at: Checked;
  readonly tried: Tried;
}

/** The picks of a chain, in its order. */
export const pickedOf = (chain: PickChain): readonly Picked[] =>
  chain.results.filter((result) => result.kind === 'picked');

/** True when the tree breaks what the target does not. */
export const breaks = ({ found }: Pick<Tried, 'found'>): boolean => found.failures.length > 0;

/** The failures of the tip whose origin is sought. */
export const soughtIn = ({ bench }: Pick<Search, 'bench'>, tip: Tried): readonly Failure[] =>
  steadyFailures(tip.found.failures, bench.flaky ?? []);

/** True when two trees break the same, whatever it says of it; what names no test may be any failure of its check. */
export const breaksAlike = (one: NewFailures, other: NewFailures): boolean =>
  shareFailure(one.failures, other.failures);

/** True when two trees break the same in the same words: alone, a pick may break something else for want of the others. */
export const breaksTheSame = (one: NewFailures, other: NewFailures): boolean => {
  const identities = new Set(one.failures.map(failureIdentity));
  return other.failures.some((failure) => identities.has(failureIdentity(failure)));
};

/** So many picks at the start are known not to show any of the failures. */
export const clearOf = ({ cleared }: Search, failures: readonly Failure[]): number =>
  failures.every((failure) => shareFailure([failure], cleared.of)) ? cleared.picks : 0;

/** One look at some picks of the chain without the others; null when they do not pick like that. */
export async function lookAtOnly(
  search: Search,
  indexes: readonly number[],
  sought: readonly Failure[],
): Promise<Sight | null> {
  const { bench, chain, picks } = search;
  const wanted = new Set(indexes.map((index) => picks[index]?.sha));
  const requests = search.requests.filter(({ commit }) => wanted.has(commit.sha));
  const made = await buildChain(bench.tools, chain.base, requests, bench.signal);
  if (pickedOf(made).length !== wanted.size) return null;
  const at = { commit: made.tip, tree: made.tree, picks: requests.map(({ commit }) => commit.sha) };
  return { at, tried: await tryTree(bench, at, { runs: 1, sought, alone: search.alone ?? false }) };
}

/** One look at the chain up to a pick: every prefix is a tree that exists already, so that no chain is built for it. */
export async function lookAtPrefix(
  { bench, picks, alone = false }: Pick<Search, 'bench' | 'picks' | 'alone'>,
  index: number,
  sought?: readonly Failure[],
): Promise<Sight | null> {
  const pick = picks[index];
  if (pick === undefined) return null;
  const at = { commit: pick.pick, tree: pick.tree, picks: picks.slice(0, index + 1).map(({ sha }) => sha) };
  return { at, tried: await tryTree(bench, at, sought === undefined ? { runs: 1 } : { runs: 1, sought, alone }) };
}
