import { type Sha, shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { LandingState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';
import { landOnTarget } from '../pipeline/land.js';
import { landedAs } from '../steps/landedAs.js';
import { type LaneRequest, offerLane } from '../steps/lane.js';
import { mergeLane } from '../steps/mergeLane.js';
import { takenBack } from '../steps/takenBack.js';
import { type Visit, visitForge } from '../steps/visit.js';

const isUndoable = (landing: LandingState): boolean =>
  landing.phase === 'done' && (landing.how === 'auto-merge' || landing.how === 'apply');

/** Runs that landed something in the target's branch and were not undone, newest first. */
export function undoableRuns(landings: readonly LandingState[]): readonly string[] {
  const landed = landings.filter(isUndoable).sort((one, other) => other.at.localeCompare(one.at));
  return [...new Set(landed.map((landing) => landing.run))];
}

/** How a run is taken back. */
export interface UndoHow {
  /** Id of this very run. */
  readonly undo: string;
  readonly config: Config;
  readonly signal: AbortSignal;
}

type Reverted = { readonly tip: Sha; readonly tree: Sha };

const messageOf = (run: string, picks: readonly Sha[], undo: string): string =>
  [
    `Revert AutoSync run ${run}`,
    '',
    ...picks.map((pick) => `This reverts commit ${pick}.`),
    '',
    `AutoSync-Run: ${undo}`,
    '',
  ].join('\n');

/** The run that was named, in full or by how it alone begins. Throws `unknown-run`, and `usage` when several begin so. */
function namedRun(runs: readonly string[], given: string): string {
  const found = runs.includes(given) ? [given] : runs.filter((run) => given.length >= 4 && run.startsWith(given));
  const [run, ...others] = found;
  if (run === undefined) throw new AutoSyncError({ code: 'unknown-run', given, known: runs });
  if (others.length === 0) return run;
  const what = `${found.length} runs that landed something begin with ${given}: ${found.slice(0, 8).join(', ')}.`;
  throw new AutoSyncError({ code: 'usage', what, next: 'Give more of the one you mean.' });
}

/**
 * Takes back what a run landed, with one commit on top of the target's branch; what came later stays. The commits
 * count as declined from then on. Throws `unknown-run`, `usage` when several are meant, and `cannot-land` when later work stands in the way.
 */
export async function undoRun(ports: Ports, given: string, how: UndoHow): Promise<Sha> {
  const { undo, signal } = how;
  const runs = undoableRuns(ports.store.landings());
  const run = namedRun(runs, given);
  const landings = ports.store.landings().filter((landing) => landing.run === run && isUndoable(landing));
  const { head, headTree, branch } = ports.git.target;
  refuseElsewhere(landings, branch);
  const picks = newestFirst(landings);
  const landed = landings.flatMap((landing) => landing.picks);
  const message = messageOf(run, [...new Set([...picks, ...(await landedAs(ports, head, landed, signal))])], undo);
  const reverted = await ports.git.revert(head, picks, message, signal);
  if (reverted.kind === 'conflict') {
    throw new AutoSyncError({
      code: 'cannot-land',
      undo: true,
      why: `later work changed what ${shortSha(reverted.pick)} brought (${reverted.paths.slice(0, 3).join(', ')})`,
      next: `${wayOut(runs, run)}: git revert ${shortSha(reverted.pick)}`,
    });
  }
  // After a reset, or an undo that was cut off, the target has nothing of it: then only the word is remembered.
  const gone = reverted.tree === headTree;
  const after = gone ? head : await landRevert(ports, run, how, reverted);
  await ports.store.record(await takenBack(ports, landings, `run ${run} was undone`));
  return after;
}

/** Lands the commit that takes a run back; returns where the target's branch is then. Throws `cannot-land`. */
async function landRevert(ports: Ports, undone: string, how: UndoHow, reverted: Reverted): Promise<Sha> {
  const { undo: run, config, signal } = how;
  const { head, branch } = ports.git.target;
  const visit = await visitForge(ports, { run, config, writes: true, signal });
  if (visit !== null) return revertByForge(ports, visit, undone, how, reverted);
  const chain = { base: head, tip: reverted.tip, tree: reverted.tree, results: [] };
  const outcome = await landOnTarget(ports, { run, sibling: 'undo', how: 'undo', branch, head, chain, signal });
  if (outcome.kind === 'landed') return outcome.head;
  throw notUndone(outcome.why, 'Commit, stash or finish what is under way, then undo again.');
}

async function revertByForge(
  ports: Ports,
  visit: Visit,
  undone: string,
  { undo: run, config, signal }: UndoHow,
  { tip, tree }: Reverted,
): Promise<Sha> {
  const sibling = { name: `run-${undone}` };
  const lane: LaneRequest = {
    ...{ run, config, sibling, lane: 'revert', base: ports.git.target.head, tip, tree, signal },
    ...{ picks: [], rows: [], checks: [], builtOn: null },
  };
  const offered = await offerLane(ports, visit, lane);
  if (offered.kind === 'kept') throw notUndone(offered.why, 'Clear that up, then undo again.');
  const outcome = await mergeLane(ports, { ...visit, paused: () => null }, lane, offered);
  if (outcome.kind === 'merged') return outcome.head;
  throw notUndone(outcome.why, `It waits in ${offered.pullRequest.page}: merge it there, or undo again later.`);
}

const notUndone = (why: string, next: string): AutoSyncError =>
  new AutoSyncError({ code: 'cannot-land', undo: true, why, next });

/** Later work is often a later run: its undo clears the way. `runs` newest first. */
function wayOut(runs: readonly string[], run: string): string {
  const later = runs[runs.indexOf(run) - 1];
  return later === undefined
    ? 'Revert it by hand'
    : `Undo the later run first (\`autosync undo ${later}\`), or revert it by hand`;
}

/** What landed on another branch cannot be taken back from this one. */
function refuseElsewhere(landings: readonly LandingState[], branch: string): void {
  const elsewhere = landings.flatMap(({ refs }) => refs).find(({ ref }) => ref !== `refs/heads/${branch}`);
  if (elsewhere === undefined) return;
  const there = elsewhere.ref.replace(/^refs\/heads\//, '');
  throw new AutoSyncError({
    code: 'cannot-land',
    undo: true,
    why: `the run landed on "${there}", and the target's branch is "${branch}"`,
    next: `Check out ${there}, or set it as "target.branch", then undo again.`,
  });
}

/** The picks in the opposite order of their landing; landings of one millisecond are kept in the order they were made. */
const newestFirst = (landings: readonly LandingState[]): readonly Sha[] =>
  [...landings]
    .sort((one, other) => one.at.localeCompare(other.at))
    .flatMap(({ picks }) => picks.map(({ pick }) => pick))
    .reverse();
