import type { Sha } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { PickChain, PickRequest } from '../core/gitPort.js';
import { type Baseline, flakyNote, mendedNote, type RejectedPick, type Validated } from '../core/proof.js';
import { isSureAlone, type Tried } from '../core/tried.js';
import { type Bench, tryTree } from '../pipeline/validate.js';
import { type Accused, accuse, sightingsOf } from './accuse.js';
import { buildChain } from './chain.js';
import { type Culprit, flipsIn, type Judgement, judge, steadily } from './culprit.js';
import { breaks, breaksAlike, type Cleared, lookAtPrefix, pickedOf, type Search, type Sight } from './search.js';
import { unmadeIn } from './unmade.js';

/** Whose picks are validated, and by which policy. */
interface Validating {
  readonly config: Config;
  readonly sibling: SiblingConfig;
  readonly signal: AbortSignal;
}

/** Where one sibling's picks are validated against a target's own checks. */
export const benchOf = (tools: Bench['tools'], { config, sibling, signal }: Validating, baseline: Baseline): Bench => ({
  tools,
  baseline,
  strategy: config.validate.strategy,
  sibling: sibling.name,
  signal,
});

/** What looking at a chain shows: a tip that breaks nothing, or a tree that breaks something, and how to find whose fault it is. */
type Seen =
  | { readonly kind: 'sound'; readonly tip: Tried }
  | {
      readonly kind: 'broken';
      readonly sight: Sight;
      readonly accuse: (search: Search, sight: Sight) => Promise<Accused>;
    };

/** Strategy `split`: the tip first, and nothing else when it breaks nothing. */
async function byTip(search: Search): Promise<Seen> {
  const at = { commit: search.chain.tip, tree: search.chain.tree, picks: search.picks.map(({ sha }) => sha) };
  const tried = await tryTree(search.bench, at, { runs: 1 });
  return breaks(tried) ? { kind: 'broken', sight: { at, tried }, accuse } : { kind: 'sound', tip: tried };
}

const both = (before: readonly string[], now: readonly string[]): readonly string[] => [
  ...new Set([...before, ...now]),
];

const firstBroken = (index: number, sight: Sight): Accused => {
  const nothing = { looks: 0, halves: 0, alone: index === 0 ? true : null, clear: index };
  return { index, sight, seen: sightingsOf(sight), ...nothing };
};

/** Strategy `each`: every pick on top of the ones before it, in order. */
async function byEach(search: Search): Promise<Seen> {
  let flaky: readonly string[] = [];
  for (let index = 0; ; index += 1) {
    const sight = await lookAtPrefix(search, index);
    if (sight === null) return byTip(search);
    const { tried } = sight;
    if (breaks(tried)) return { kind: 'broken', sight, accuse: async (_search, one) => firstBroken(index, one) };
    flaky = both(flaky, tried.flaky);
    if (index === search.picks.length - 1) return { kind: 'sound', tip: { ...tried, flaky } };
  }
}

const NOTHING = { failures: [], typeErrors: 0, testFailures: 0, fixed: [] } as const;

/** A chain on its way to a sound one. */
interface Current {
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
  readonly cleared: Cleared;
  readonly rejected: readonly RejectedPick[];
  /** What was found to flip on the way, by name. */
  readonly flaky: readonly string[];
  /** The last culprit, and the chain with it: if the rest breaks the same, it is looked at again. */
  readonly last: { readonly culprit: Culprit; readonly search: Search; readonly before: Current } | null;
}

const NOTHING_CLEARED: Cleared = { picks: 0, of: [] };

/** Picks at the start of both chains that made the same trees, at most so many. */
function sameStart(before: PickChain, after: PickChain, most: number): number {
  const [old, now] = [pickedOf(before), pickedOf(after)];
  const differs = old.findIndex((pick, index) => index >= most || now[index]?.tree !== pick.tree);
  return differs < 0 ? Math.min(old.length, most) : differs;
}

const rejectedFor = (sha: Sha, { found, together }: Culprit): RejectedPick =>
  together === null ? { sha, found, because: null } : { sha, found, because: null, together };

/**
 * Rebuilds the chain without the culprit; what no longer picks went with it. What never picked is tried again: it may
 * be the culprit's change under another name, which the culprit alone made empty.
 */
async function without(search: Search, current: Current, sha: Sha, culprit: Culprit): Promise<Current> {
  const { chain } = current;
  const { tools, signal } = search.bench;
  // What it ran could write among the installed packages and into caches, by which the rest is checked next.
  await tools.git.checkout(chain.base, signal, 'fresh');
  const rest = current.requests.filter(({ commit }) => commit.sha !== sha);
  const again = await buildChain(search.bench.tools, chain.base, rest, search.bench.signal);
  const before = new Set(pickedOf(chain).map((pick) => pick.sha));
  const unmade = unmadeIn(again);
  const lost = again.results.flatMap((result) =>
    result.kind !== 'picked' && before.has(result.sha) && !unmade.has(result.sha) ? [result.sha] : [],
  );
  const gone = new Set(lost);
  const dependents = lost.map((one): RejectedPick => ({ sha: one, found: NOTHING, because: sha }));
  return {
    ...current,
    chain: again,
    requests: rest.filter(({ commit }) => !gone.has(commit.sha)),
    cleared: { ...culprit.cleared, picks: sameStart(chain, again, culprit.cleared.picks) },
    rejected: [...current.rejected, rejectedFor(sha, culprit), ...dependents],
    last: { culprit, search, before: current },
  };
}

const learned = (current: Current, names: readonly string[]): Current => ({
  ...current,
  cleared: NOTHING_CLEARED,
  flaky: both(current.flaky, names),
});

/** Who is to blame for what a tree breaks; first, chance is excluded as far as that is quick. */
async function judged(search: Search, seen: Extract<Seen, { kind: 'broken' }>): Promise<Judgement> {
  const steady = await steadily(search, seen.sight);
  if ('flips' in steady) return { kind: 'flaky', names: steady.flips };
  const told = { ...search, alone: isSureAlone(steady.tried) };
  return judge(told, steady.tried, await seen.accuse(told, steady));
}

/** The chain after a look at it that showed something broken; null when what breaks it is nothing that counts. */
async function onward(search: Search, current: Current, seen: Extract<Seen, { kind: 'broken' }>) {
  const { last } = current;
  if (last !== null && breaksAlike(last.culprit.found, seen.sight.tried.found)) {
    const flips = await flipsIn({ ...last.search, bench: search.bench }, last.culprit);
    if (flips.length > 0) return learned(last.before, both(current.flaky, flips));
  }
  const judgement = await judged(search, seen);
  if (judgement.kind === 'flaky') {
    // What is known to flip, and failed all the same wherever it was tried again but there, is not tried for ever.
    const isNew = judgement.names.some((name) => !current.flaky.includes(name));
    return isNew ? learned({ ...current, last: null }, judgement.names) : null;
  }
  const sha = search.picks[judgement.culprit.index]?.sha;
  return sha === undefined ? null : without(search, current, sha, judgement.culprit);
}

function proved({ chain, requests, rejected, flaky: flips }: Current, tip: Tried | null): Validated {
  const { outcomes = [], passed = [], ran = [], changed = [] } = tip ?? {};
  const flaky = both(flips, tip?.flaky ?? []);
  const fixed = tip?.found.fixed ?? [];
  const notes = [...fixed.slice(0, 5).map(mendedNote), ...flaky.slice(0, 5).map(flakyNote)];
  return { chain, requests, rejected, outcomes, checks: passed, ran, flaky, fixed, changed, notes };
}

/**
 * Checks a chain; while something new fails in it, finds the culprit, drops it with what depends on it, and checks
 * again. Only failures that the baseline lacks count, and none that was seen only once (design: product, "Validate").
 */
export async function validateChain(
  bench: Bench,
  chain: PickChain,
  requests: readonly PickRequest[],
): Promise<Validated> {
  const before = both(bench.flaky ?? [], bench.tools.store.flaky());
  let current: Current = { chain, requests, cleared: NOTHING_CLEARED, rejected: [], flaky: [], last: null };
  for (;;) {
    const picks = pickedOf(current.chain);
    if (picks.length === 0 || bench.baseline.checks.length === 0) return proved(current, null);
    const search = { ...current, bench: { ...bench, flaky: both(before, current.flaky) }, picks };
    const seen = bench.strategy === 'each' ? await byEach(search) : await byTip(search);
    const next = seen.kind === 'sound' ? null : await onward(search, current, seen);
    if (next === null) return proved(current, seen.kind === 'sound' ? seen.tip : seen.sight.tried);
    current = next;
  }
}
