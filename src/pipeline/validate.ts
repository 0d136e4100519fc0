import type { Check, CheckOutcome, NewFailures } from '../core/check.js';
import { checkKey } from '../core/checkKey.js';
import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { isProblem } from '../core/errors.js';
import type { Fact } from '../core/facts.js';
import type { PickChain, PickRequest, PickResult } from '../core/gitPort.js';
import { newFailures } from '../core/newFailures.js';
import type { Ports } from '../core/ports.js';
import { type Baseline, type Checked, isHollow, type RejectedPick, type Validated } from '../core/proof.js';
import { sanitize } from '../core/sanitize.js';

type Tools = Pick<Ports, 'git' | 'checks' | 'store' | 'clock' | 'progress'>;

/** One sibling's validation: the tools, the target's checks, and where to report. */
export interface Bench {
  readonly tools: Tools;
  readonly baseline: Baseline;
  readonly sibling: string;
  readonly signal: AbortSignal;
}

/** An outcome that says something about the tree, not about the machine's mood, may be remembered. */
const mayRemember = (outcome: CheckOutcome): boolean => outcome.status === 'passed' || outcome.status === 'failed';

// A tree determines its lockfile, so the tree stands for what is installed.
const keyOf = (tools: Tools, check: Check, tree: Sha): string =>
  checkKey({ tree, check, installKey: null, runtime: tools.checks.runtime() });

async function prepare(tools: Tools, commit: Sha, signal: AbortSignal): Promise<string> {
  const folder = await tools.git.checkout(commit, signal);
  await tools.checks.install(folder, await tools.checks.detect(folder), signal);
  return folder;
}

interface TreeRun {
  readonly outcomes: readonly CheckOutcome[];
  readonly changed: readonly string[];
}

/** Runs the checks on one tree, cheap ones first, stopping after the first for which `decisive` holds. */
async function runChecks(
  tools: Tools,
  checks: readonly Check[],
  at: Checked,
  options: { sibling: string | null; signal: AbortSignal; decisive: (outcome: CheckOutcome) => boolean },
): Promise<TreeRun> {
  const outcomes: CheckOutcome[] = [];
  let folder: string | null = null;
  let changed: readonly string[] = [];
  for (const [index, check] of checks.entries()) {
    const key = keyOf(tools, check, at.tree);
    const known = tools.store.check(key);
    tools.progress({
      phase: 'validate',
      sibling: options.sibling,
      doing: `${check.name} on ${at.tree.slice(0, 7)}${known ? ' (remembered)' : ''}`,
      done: index,
      total: checks.length,
    });
    folder = known === null ? (folder ?? (await prepare(tools, at.commit, options.signal))) : folder;
    const outcome =
      known === null ? await tools.checks.run(folder ?? '', check, options.signal) : { ...known, cached: true };
    if (known === null) changed = await tools.git.worktreeChanges(options.signal);
    // An outcome on changed files says nothing about the tree, so it is not remembered.
    if (known === null && mayRemember(outcome) && changed.length === 0) await remember(tools, key, at.tree, outcome);
    outcomes.push(outcome);
    if (options.decisive(outcome)) break;
  }
  return { outcomes, changed };
}

async function remember(tools: Tools, key: string, tree: Sha, outcome: CheckOutcome): Promise<void> {
  const fact: Fact = { kind: 'check', key, tree, outcome, at: new Date(tools.clock()).toISOString() };
  await tools.store.record([fact]);
}

/** Detects the target's checks and runs them on the target as it is; remembered by tree. */
export async function takeBaseline(
  tools: Tools,
  head: Checked,
  config: Config['validate'],
  signal: AbortSignal,
): Promise<Baseline> {
  if (config.checks !== 'auto' && config.checks.length === 0)
    return {
      checks: [],
      outcomes: [],
      red: [],
      hollow: [],
      unprepared: null,
      notes: ['`validate.checks` is empty, so no check runs.'],
    };
  tools.progress({ phase: 'validate', sibling: null, doing: 'preparing the worktree' });
  try {
    const toolchain = await tools.checks.detect(await tools.git.checkout(head.commit, signal));
    const { outcomes } = await runChecks(tools, toolchain.checks, head, {
      sibling: null,
      signal,
      decisive: () => false,
    });
    const red = outcomes.filter((outcome) => outcome.status !== 'passed').map((outcome) => outcome.check);
    const notes =
      red.length === 0
        ? []
        : [
            `The target itself fails: ${red.join(', ')}. Only failures that are new count against a pick, and nothing merges by itself.`,
          ];
    return {
      checks: toolchain.checks,
      outcomes,
      red,
      hollow: outcomes.filter(isHollow).map((outcome) => outcome.check),
      unprepared: null,
      notes: [...notes, ...(toolchain.checks.length === 0 ? toolchain.notes : [])],
    };
  } catch (error) {
    if (!isProblem(error, 'check-setup')) throw error;
    return {
      checks: [],
      outcomes: [],
      red: [],
      hollow: [],
      unprepared: sanitize(error.message, 1500),
      notes: [sanitize(`The checks could not be prepared, so none ran: ${error.message}`, 1500)],
    };
  }
}

const breaks = (baseline: Baseline, outcome: CheckOutcome): boolean =>
  newFailures(
    baseline.outcomes.filter((before) => before.check === outcome.check),
    [outcome],
  ).failures.length > 0;

/** Outcome of the checks on a tree against the baseline; a tree whose dependencies cannot be installed fails. */
async function tryTree(
  bench: Bench,
  at: Checked,
): Promise<{ readonly found: NewFailures; readonly ran: readonly string[]; readonly changed: readonly string[] }> {
  const { tools, baseline, sibling, signal } = bench;
  try {
    const { outcomes, changed } = await runChecks(tools, baseline.checks, at, {
      sibling,
      signal,
      decisive: (outcome) => breaks(baseline, outcome),
    });
    const ran = outcomes.filter((outcome) => outcome.status !== 'could-not-run').map((outcome) => outcome.check);
    const compared = baseline.outcomes.filter((before) => outcomes.some((outcome) => outcome.check === before.check));
    return { found: newFailures(compared, outcomes), ran, changed };
  } catch (error) {
    if (!isProblem(error, 'check-setup')) throw error;
    const failure = { check: 'install', name: 'install', file: null, message: sanitize(error.message, 1000) };
    return { found: { failures: [failure], typeErrors: 0, testFailures: 0, fixed: [] }, ran: [], changed: [] };
  }
}

type Picked = Extract<PickResult, { kind: 'picked' }>;

const pickedOf = (chain: PickChain): readonly Picked[] => chain.results.filter((result) => result.kind === 'picked');

/**
 * The first pick whose tree breaks something, by halving: every prefix of a chain is a tree that exists already, so
 * no chain is built to find it. `good` picks at the start are known to be sound.
 */
async function firstCulprit(
  bench: Bench,
  picks: readonly Picked[],
  good: number,
  tip: NewFailures,
): Promise<{ readonly index: number; readonly found: NewFailures }> {
  let low = good;
  let high = picks.length - 1;
  let found = tip;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const pick = picks[middle];
    if (pick === undefined) break;
    const result = await tryTree(bench, { commit: pick.pick, tree: pick.tree });
    if (result.found.failures.length > 0) {
      high = middle;
      found = result.found;
    } else low = middle + 1;
  }
  return { index: high, found };
}

/**
 * Rebuilds the chain without the culprit; what no longer picks went with it. What never picked is tried again: it may
 * be the culprit's change under another name, which the culprit alone made empty.
 */
async function without(
  bench: Bench,
  chain: PickChain,
  requests: readonly PickRequest[],
  culprit: Sha,
  found: NewFailures,
): Promise<{ chain: PickChain; requests: readonly PickRequest[]; rejected: readonly RejectedPick[] }> {
  const rest = requests.filter((request) => request.commit.sha !== culprit);
  const again = await bench.tools.git.chain(chain.base, rest, bench.signal);
  const before = new Set(pickedOf(chain).map((pick) => pick.sha));
  const lost = again.results
    .filter((result) => result.kind !== 'picked' && before.has(result.sha))
    .map((result) => result.sha);
  const dependents = lost.map(
    (sha): RejectedPick => ({
      sha,
      found: { failures: [], typeErrors: 0, testFailures: 0, fixed: [] },
      because: culprit,
    }),
  );
  const gone = new Set(lost);
  return {
    chain: again,
    requests: rest.filter((request) => !gone.has(request.commit.sha)),
    rejected: [{ sha: culprit, found, because: null }, ...dependents],
  };
}

/**
 * Checks the chain's tip; while something new fails there, finds the culprit by halving, drops it with what depends
 * on it, and checks again. Only failures that the baseline lacks count (design: product, "Validate").
 */
export async function validateChain(
  bench: Bench,
  chain: PickChain,
  requests: readonly PickRequest[],
): Promise<Validated> {
  let current = { chain, requests };
  let good = 0;
  const rejected: RejectedPick[] = [];
  for (;;) {
    const picks = pickedOf(current.chain);
    const none: Validated = { ...current, rejected, checks: [], changed: [], notes: [] };
    if (picks.length === 0 || bench.baseline.checks.length === 0) return none;
    const tip = await tryTree(bench, { commit: current.chain.tip, tree: current.chain.tree });
    if (tip.found.failures.length === 0) {
      const fixed = tip.found.fixed.map(
        (failure) => `It mends what failed before: ${sanitize(failure.name, 100)} (${failure.check}).`,
      );
      return { ...current, rejected, checks: tip.ran, changed: tip.changed, notes: fixed.slice(0, 5) };
    }
    const { index, found } = await firstCulprit(bench, picks, good, tip.found);
    const culprit = picks[index];
    if (culprit === undefined) return none;
    const next = await without(bench, current.chain, current.requests, culprit.sha, found);
    rejected.push(...next.rejected);
    current = { chain: next.chain, requests: next.requests };
    good = Math.min(index, pickedOf(next.chain).length);
  }
}
