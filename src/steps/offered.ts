import type { Sha } from '../core/commit.js';
import type { PickChain } from '../core/gitPort.js';
import { integrationBranch } from '../core/integrationBranch.js';
import type { Ports } from '../core/ports.js';

/** A chain to offer, and where. */
export interface ChainToOffer {
  readonly sibling: string;
  readonly head: Sha;
  readonly chain: PickChain;
  readonly signal: AbortSignal;
}

/**
 * The chain as it is on the review branch already, when the same picks stand there on the same head: picks differ from
 * run to run by date and run id alone, and nobody who is reading the branch shall find it moved for that.
 */
export async function keepOffered(ports: Pick<Ports, 'git' | 'store'>, offer: ChainToOffer): Promise<PickChain> {
  const { chain, head, signal } = offer;
  const ref = `refs/heads/${integrationBranch(offer.sibling)}`;
  const now = (await ports.git.readRefs([ref])).get(ref) ?? null;
  const before = now === null ? undefined : picksAt(ports.store, ref, now);
  if (now === null || before === undefined) return chain;
  const wanted = chain.results.flatMap((result) => (result.kind === 'picked' ? [result.sha] : []));
  if (wanted.join() !== [...before.keys()].join()) return chain;
  const [tree, beyond] = [await ports.git.treeOf(now), await ports.git.incoming(head, now, signal)];
  const onHead = beyond.length === before.size && (await ports.git.incoming(now, head, signal)).length === 0;
  return onHead && tree === chain.tree ? withPicks(chain, now, before) : chain;
}

/** The picks that AutoSync put on a branch when it moved it to where it is, by origin and in order. */
function picksAt(store: Ports['store'], ref: string, at: Sha): ReadonlyMap<Sha, Sha> | undefined {
  const landing = store
    .landings()
    .find(({ phase, refs }) => phase === 'done' && refs.some((one) => one.ref === ref && one.after === at));
  return landing && new Map(landing.picks.map(({ origin, pick }) => [origin, pick]));
}

const withPicks = (chain: PickChain, tip: Sha, picks: ReadonlyMap<Sha, Sha>): PickChain => ({
  ...chain,
  tip,
  results: chain.results.map((result) =>
    result.kind === 'picked' ? { ...result, pick: picks.get(result.sha) ?? result.pick } : result,
  ),
});
