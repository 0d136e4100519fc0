import type { Sha } from '../core/commit.js';
import type { PickChain, PickRequest } from '../core/gitPort.js';
import { flakyNote, mendedNote, type RejectedPick, type Validated } from '../core/proof.js';
import { type Bench, type Tried, tryTree } from '../pipeline/validate.js';
import { accompanied, breaks, type Culprit, findCulprit, pickedOf, type Search, tryPrefix } from './culprit.js';

/** What looking at a chain came to: a tip that breaks nothing, or the pick to drop. */
type Sought = { readonly kind: 'sound'; readonly tip: Tried } | { readonly kind: 'culprit'; readonly culprit: Culprit };

/** Strategy `split`: the tip first, and nothing else when it breaks nothing. */
async function byTip(search: Search): Promise<Sought> {
  const { bench, chain } = search;
  const tip = await tryTree(bench, { commit: chain.tip, tree: chain.tree }, { confirm: true });
  if (!breaks(tip)) return { kind: 'sound', tip };
  return { kind: 'culprit', culprit: await findCulprit(search, tip) };
}

const both = (before: readonly string[], now: readonly string[]): readonly string[] => [
  ...new Set([...before, ...now]),
];

/** Strategy `each`: every pick on top of the ones before it, in order. */
async function byEach(search: Search): Promise<Sought> {
  let flaky: readonly string[] = [];
  let tip = await tryPrefix(search, 0, { confirm: true });
  for (let index = 0; tip !== null; index += 1) {
    if (breaks(tip)) return { kind: 'culprit', culprit: await accompanied(search, index, tip) };
    flaky = both(flaky, tip.flaky);
    const next = await tryPrefix(search, index + 1, { confirm: true });
    if (next === null) return { kind: 'sound', tip: { ...tip, flaky } };
    tip = next;
  }
  return byTip(search);
}

const NOTHING = { failures: [], typeErrors: 0, testFailures: 0, fixed: [] } as const;

/** A chain on its way to a sound one. */
interface Current {
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
  readonly good: number;
  readonly rejected: readonly RejectedPick[];
}

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
async function without(bench: Bench, current: Current, sha: Sha, culprit: Culprit): Promise<Current> {
  const { chain } = current;
  const rest = current.requests.filter(({ commit }) => commit.sha !== sha);
  const again = await bench.tools.git.chain(chain.base, rest, bench.signal);
  const before = new Set(pickedOf(chain).map((pick) => pick.sha));
  const lost = again.results.flatMap((result) =>
    result.kind !== 'picked' && before.has(result.sha) ? [result.sha] : [],
  );
  const gone = new Set(lost);
  const dependents = lost.map((one): RejectedPick => ({ sha: one, found: NOTHING, because: sha }));
  return {
    chain: again,
    requests: rest.filter(({ commit }) => !gone.has(commit.sha)),
    good: sameStart(chain, again, culprit.good),
    rejected: [...current.rejected, rejectedFor(sha, culprit), ...dependents],
  };
}

function proved({ chain, requests, rejected }: Current, tip: Tried | null): Validated {
  const { passed = [], ran = [], flaky = [], changed = [] } = tip ?? {};
  const fixed = tip?.found.fixed ?? [];
  const notes = [...fixed.slice(0, 5).map(mendedNote), ...flaky.slice(0, 5).map(flakyNote)];
  return { chain, requests, rejected, checks: passed, ran, flaky, fixed, changed, notes };
}

/**
 * Checks a chain; while something new fails twice in it, finds the culprit, drops it with what depends on it, and
 * checks again. Only failures that the baseline lacks count (design: product, "Validate").
 */
export async function validateChain(
  bench: Bench,
  chain: PickChain,
  requests: readonly PickRequest[],
): Promise<Validated> {
  let current: Current = { chain, requests, good: 0, rejected: [] };
  for (;;) {
    const picks = pickedOf(current.chain);
    if (picks.length === 0 || bench.baseline.checks.length === 0) return proved(current, null);
    const search = { ...current, bench, picks };
    const sought = bench.strategy === 'each' ? await byEach(search) : await byTip(search);
    if (sought.kind === 'sound') return proved(current, sought.tip);
    const sha = picks[sought.culprit.index]?.sha;
    if (sha === undefined) return proved(current, null);
    current = await without(bench, current, sha, sought.culprit);
  }
}
