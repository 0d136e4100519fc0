import type { Sha } from '../core/commit.js';
import { isProblem } from '../core/errors.js';
import type { LandingRef, LandingState } from '../core/facts.js';
import { readTrailers } from '../core/message.js';
import type { PickChain, Ports } from '../core/ports.js';

/** A landing to make: a chain that was validated, for a sibling, in a run. */
export interface LandRequest {
  readonly run: string;
  readonly sibling: string;
  readonly how: LandingState['how'];
  readonly branch: string;
  readonly head: Sha;
  readonly chain: PickChain;
  readonly signal: AbortSignal;
}

/** Where the target's branch is after landing, or why nothing landed. */
export type LandOutcome =
  | { readonly kind: 'landed'; readonly head: Sha }
  | { readonly kind: 'kept'; readonly why: string };

type Tools = Pick<Ports, 'git' | 'store' | 'clock'>;

/** The local branch on which a sibling's picks are offered. */
export function integrationBranch(sibling: string): string {
  return `autosync/${sibling}`;
}

const picksOf = (chain: PickChain): LandingState['picks'] =>
  chain.results.flatMap((result) => (result.kind === 'picked' ? [{ origin: result.sha, pick: result.pick }] : []));

const stateOf = (
  tools: Tools,
  request: Pick<LandRequest, 'run' | 'sibling' | 'how'>,
  refs: readonly LandingRef[],
  picks: LandingState['picks'],
): LandingState => ({
  id: `${request.run}/${request.sibling}/${request.how}`,
  run: request.run,
  sibling: request.sibling,
  at: new Date(tools.clock()).toISOString(),
  phase: 'planned',
  how: request.how,
  refs,
  picks,
});

/**
 * Merges a validated chain into the target's branch, as a fast-forward: what lands is the tree that was validated.
 * The plan is written down first, so that a killed run is finished or forgotten, never repeated.
 */
export async function landOnTarget(tools: Tools, request: LandRequest): Promise<LandOutcome> {
  const landable = await tools.git.landable(request.branch);
  if (landable.kind === 'no') return { kind: 'kept', why: landable.why };
  const refs: readonly LandingRef[] = [
    { ref: `refs/heads/${request.branch}`, before: request.head, after: request.chain.tip },
  ];
  const landing = stateOf(tools, request, refs, picksOf(request.chain));
  await tools.store.record([{ kind: 'landing', landing }]);
  const fastForward = landable.kind === 'fast-forward' ? { branch: request.branch, worktree: landable.worktree } : null;
  try {
    await tools.git.land({ refs, fastForward, run: request.run, signal: request.signal });
  } catch (error) {
    if (!isProblem(error, 'moved') && !isProblem(error, 'cannot-land')) throw error;
    await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: 'abandoned' } }]);
    return { kind: 'kept', why: error.message };
  }
  await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: 'done' } }]);
  return { kind: 'landed', head: request.chain.tip };
}

/** True when every commit that the branch has beyond the head was made by AutoSync. */
async function isOurs(tools: Tools, head: Sha, tip: Sha, signal: AbortSignal): Promise<boolean> {
  const commits = await tools.git.incoming(head, tip, signal);
  return commits.every((commit) => readTrailers(commit.message).run !== null);
}

/**
 * Offers a chain as the branch `autosync/<sibling>`, by compare-and-swap. A branch that a person committed to, or has
 * checked out, is left alone.
 */
export async function offerBranch(tools: Tools, request: LandRequest): Promise<LandOutcome> {
  const branch = integrationBranch(request.sibling);
  const ref = `refs/heads/${branch}`;
  const before = (await tools.git.readRefs([ref])).get(ref) ?? null;
  if (before === request.chain.tip) return { kind: 'landed', head: before };
  if (before !== null && !(await isOurs(tools, request.head, before, request.signal)))
    return { kind: 'kept', why: `the branch ${branch} has commits of a person; merge or delete it` };
  if ((await tools.git.checkedOutIn(branch)) !== null)
    return { kind: 'kept', why: `the branch ${branch} is checked out` };
  const refs: readonly LandingRef[] = [{ ref, before, after: request.chain.tip }];
  const landing = stateOf(tools, { ...request, how: 'review' }, refs, picksOf(request.chain));
  await tools.store.record([{ kind: 'landing', landing }]);
  await tools.git.land({ refs, fastForward: null, run: request.run, signal: request.signal });
  await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: 'done' } }]);
  return { kind: 'landed', head: request.chain.tip };
}

/** True when a ref stands at the commit or past it. */
async function holds(tools: Tools, now: Sha | null, after: Sha, signal: AbortSignal): Promise<boolean> {
  if (now === null || now === after) return now === after;
  return (await tools.git.resolve(after)) !== null && (await tools.git.incoming(now, after, signal)).length === 0;
}

/**
 * Finishes what a killed run left half said: a planned landing whose refs have moved was done, one whose refs have
 * not was not. Nothing is assumed, everything is read again (design: reliability, I9).
 */
export async function reconcileLandings(tools: Tools, signal: AbortSignal): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const landing of tools.store.landings().filter((one) => one.phase === 'planned')) {
    const now = await tools.git.readRefs(landing.refs.map(({ ref }) => ref));
    const moved = (
      await Promise.all(landing.refs.map(({ ref, after }) => holds(tools, now.get(ref) ?? null, after, signal)))
    ).every(Boolean);
    await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: moved ? 'done' : 'abandoned' } }]);
    if (moved)
      notes.push(
        `Run ${landing.run} was cut off after it had landed ${landing.picks.length} commit${landing.picks.length === 1 ? '' : 's'} of ${landing.sibling}; that is remembered now.`,
      );
  }
  return notes;
}
