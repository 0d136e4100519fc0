import type { Sha } from '../core/commit.js';
import type { PickChain, PickRequest } from '../core/gitPort.js';
import type { Ports } from '../core/ports.js';
import type { Validated } from '../core/proof.js';
import { buildChain } from './chain.js';
import { mayPassOn } from './improve.js';
import type { OfferRequest, Review } from './offerRequest.js';
import { benchOf, validateChain } from './prove.js';

// The validated chain is kept where it serves, so that an unchanged branch keeps its commits.
const sameTree = (validated: Validated, chain: PickChain): PickChain =>
  validated.chain.base === chain.base ? validated.chain : chain;

/** The chain of what waits for a person, on the final head or on a lane that comes first, its tip proved again when it is another tree. */
export async function reviewChain(
  ports: Ports,
  request: OfferRequest,
  picks: readonly PickRequest[],
  base: Sha = request.head,
): Promise<Review> {
  const { validated } = request.improved;
  const chain = await buildChain(ports, base, picks, request.signal);
  if (validated !== null && validated.chain.tree === chain.tree)
    return { ...validated, chain: sameTree(validated, chain), rejected: [] };
  const baseline = await request.baseline(chain, picks);
  return validateChain(benchOf(ports, request, baseline), chain, picks);
}

/** True when a rejection may not last though nothing changes any more: an install may fail by the network's fault. */
export function mayPassNow({ improved, head }: OfferRequest): boolean {
  const uninstalled = [...improved.rejected.values()].some(({ found }) =>
    found.failures.some(({ check }) => check === 'install'),
  );
  return uninstalled || mayPassOn(improved, head);
}
