import type { Sha } from '../core/commit.js';
import { AutoSyncError, isProblem } from '../core/errors.js';
import type { LandingRef, LandingState } from '../core/facts.js';
import type { PickChain } from '../core/gitPort.js';
import { integrationBranch } from '../core/integrationBranch.js';
import { readTrailers } from '../core/message.js';
import type { Ports } from '../core/ports.js';

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

/** The picks of a chain, as a landing carries them. */
export const picksOf = (chain: PickChain): LandingState['picks'] =>
  chain.results.flatMap((result) => (result.kind === 'picked' ? [{ origin: result.sha, pick: result.pick }] : []));

const stateOf = (
  tools: Tools,
  request: Pick<LandRequest, 'run' | 'sibling' | 'how'>,
  refs: readonly LandingRef[],
  picks: LandingState['picks'],
): LandingState => ({
  id: `${request.run}/${request.sibling}/${request.how}/${(refs[0]?.after ?? '').slice(0, 12)}`,
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
  const fastForward = landable.kind === 'fast-forward' ? { branch: request.branch, worktree: landable.worktree } : null;
  return carryOut(tools, request, refs, fastForward);
}

/** Why nothing landed, to stand within a sentence. */
function reasonOf({ problem, message }: AutoSyncError): string {
  const words = problem.code === 'cannot-land' ? `${problem.why}. ${problem.next}` : message;
  return words.replace(/\.$/, '');
}

/** Writes the plan down, moves the refs, and writes down what came of it. */
async function carryOut(
  tools: Tools,
  request: LandRequest,
  refs: readonly LandingRef[],
  fastForward: { readonly branch: string; readonly worktree: string } | null,
): Promise<LandOutcome> {
  const stale = request.chain.results.flatMap((result) => (result.kind === 'picked' ? (result.stale ?? []) : []));
  if (stale.length > 0) return { kind: 'kept', why: `${stale.join(', ')} was not made anew` };
  const landing = stateOf(tools, request, refs, picksOf(request.chain));
  await tools.store.record([{ kind: 'landing', landing }]);
  try {
    await tools.git.land({ refs, fastForward, run: request.run, signal: request.signal });
  } catch (error) {
    if (!isProblem(error, 'moved') && !isProblem(error, 'cannot-land')) throw error;
    await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: 'abandoned' } }]);
    return { kind: 'kept', why: reasonOf(error) };
  }
  await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: 'done' } }]);
  return { kind: 'landed', head: request.chain.tip };
}

/**
 * True when AutoSync put the branch where it is. A person may have amended a pick and kept its trailers, so they are
 * believed only when nothing is remembered of the branch.
 */
async function isOurs(tools: Tools, request: LandRequest, ref: string, tip: Sha): Promise<boolean> {
  const known = tools.store.landings().flatMap(({ refs }) => refs.filter((one) => one.ref === ref));
  if (known.some(({ after }) => after === tip)) return true;
  const commits = await tools.git.incoming(request.head, tip, request.signal);
  if (commits.length === 0) return true;
  return known.length === 0 && commits.every((commit) => readTrailers(commit.message).run !== null);
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
  if (before !== null && !(await isOurs(tools, request, ref, before)))
    return { kind: 'kept', why: `the branch ${branch} has commits of a person; merge or delete it` };
  if ((await tools.git.checkedOutIn(branch)) !== null)
    return { kind: 'kept', why: `the branch ${branch} is checked out` };
  return carryOut(tools, { ...request, how: 'review' }, [{ ref, before, after: request.chain.tip }], null);
}

/** True when a ref stands at the commit or past it. */
async function holds(tools: Reading, now: Sha | null, after: Sha, signal: AbortSignal): Promise<boolean> {
  if (now === null || now === after) return now === after;
  return (await tools.git.resolve(after)) !== null && (await tools.git.incoming(now, after, signal)).length === 0;
}

type Reading = Pick<Ports, 'git' | 'store'>;

/** True when every ref of a landing was moved. Nothing is assumed, everything is read again (design: reliability, I9). */
async function isMoved(tools: Reading, { refs }: LandingState, signal: AbortSignal): Promise<boolean> {
  const now = await tools.git.readRefs(refs.map(({ ref }) => ref));
  const held = refs.map(({ ref, after }) => holds(tools, now.get(ref) ?? null, after, signal));
  return (await Promise.all(held)).every(Boolean);
}

const plannedOf = (store: Ports['store']): readonly LandingState[] =>
  store.landings().filter((landing) => landing.phase === 'planned');

/** Remembers of landings that a kill cut off that they were done, where every ref was moved; changes nothing else. */
export async function reconcileLandings(tools: Reading, signal: AbortSignal): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const landing of plannedOf(tools.store)) {
    if (!(await isMoved(tools, landing, signal))) continue;
    await tools.store.record([{ kind: 'landing', landing: { ...landing, phase: 'done' } }]);
    const count = `${landing.picks.length} commit${landing.picks.length === 1 ? '' : 's'}`;
    notes.push(
      `Run ${landing.run} was cut off after it had landed ${count} of ${landing.sibling}; that is remembered now.`,
    );
  }
  return notes;
}

/**
 * Finishes fast-forwards that a kill cut off between the files and the ref, and forgets landings of which nothing was
 * done; returns what to say. The target must be read again afterwards. Throws `cannot-land` when git's lock is in the
 * way, which only a person may remove.
 */
export async function finishLandings(tools: Reading, signal: AbortSignal): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const landing of plannedOf(tools.store)) {
    const remains = await Promise.all(landing.refs.map((move) => tools.git.finishLanding(move, landing.run)));
    if (remains.includes('locked')) throw leftLocked(landing);
    const finished = remains.includes('finished');
    if (!finished && (await isMoved(tools, landing, signal))) continue;
    const phase = finished ? 'done' : 'abandoned';
    await tools.store.record([{ kind: 'landing', landing: { ...landing, phase } }]);
    if (finished)
      notes.push(`Run ${landing.run} was cut off while it landed commits of ${landing.sibling}; that is finished now.`);
  }
  return notes;
}

const leftLocked = ({ run }: LandingState): AutoSyncError =>
  new AutoSyncError({
    code: 'cannot-land',
    why: `run ${run} was cut off while git moved your files, and git's lock (index.lock) is still there`,
    next: 'If no git runs in the working tree, delete the lock; the next run then finishes the landing.',
  });
