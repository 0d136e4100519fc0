import type { Check, CheckOutcome, Toolchain } from '../core/check.js';
import { checkGroups } from '../core/checkGroups.js';
import { checkKey } from '../core/checkKey.js';
import { type CheckStep, endedCheck, endWords, startedCheck } from '../core/checkStep.js';
import { type Sha, shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { AS_IT_IS, onlySought, type Settling, settlingOf, soughtAlone } from '../core/confirm.js';
import { isProblem } from '../core/errors.js';
import type { Fact } from '../core/facts.js';
import { focusOn } from '../core/focus.js';
import { ranToItsEnd } from '../core/newFailures.js';
import type { Ports } from '../core/ports.js';
import { type Baseline, baselineOf, type Checked, noBaseline } from '../core/proof.js';
import { sanitize } from '../core/sanitize.js';
import { sideBySide } from '../core/sideBySide.js';
import type { Failure } from '../core/standing.js';
import { compared, type Tried, uninstallable } from '../core/tried.js';
import { executor, type Ground } from './executor.js';
import { settled } from './settle.js';

type Tools = Pick<Ports, 'git' | 'checks' | 'store' | 'clock' | 'progress'>;

/** One sibling's validation: the tools, the target's checks, and where to report. */
export interface Bench {
  readonly tools: Tools;
  readonly baseline: Baseline;
  readonly strategy: Config['validate']['strategy'];
  readonly sibling: string;
  readonly signal: AbortSignal;
  /** What is known to flip beside what flips on the target itself, by name. Default: nothing. */
  readonly flaky?: readonly string[];
}

/** How a tree is tried. */
export interface TryHow {
  /** Runs on this very tree in which something new has to fail to count, those before included. */
  readonly runs: number;
  /** What an earlier look at this very tree showed, for what is not remembered: it counts as the first run. */
  readonly seen?: readonly CheckOutcome[];
  /** True: what may fail by chance has to be told from what fails each time, if that is quick. Default: false. */
  readonly sure?: boolean;
  /** True: only the files of what is sought run, which show it as well as all of them. Default: false. */
  readonly alone?: boolean;
  /** The failures whose origin is sought: only they count, and only their checks run. Default: whatever is new. */
  readonly sought?: readonly Failure[];
}

/** A tree whose checks are to be known. */
interface Trial extends Ground {
  readonly tools: Tools;
  readonly sibling: string | null;
  /** What settles an outcome on this tree. */
  readonly settling: (outcome: CheckOutcome) => Settling;
  readonly seen?: readonly CheckOutcome[];
  /** What of an outcome counts as failing. */
  readonly failing: (outcome: CheckOutcome) => readonly Failure[];
}

// A tree determines its lockfile, so the tree stands for what is installed.
const keyOf = (tools: Tools, check: Check, tree: Sha): string =>
  checkKey({ tree, check, installKey: null, runtime: tools.checks.runtime() });

/** Keeps an outcome that says something about the tree; not that of a check that ran out of time or could not start. */
async function remember({ tools, at }: Trial, check: Check, outcome: CheckOutcome): Promise<void> {
  if (!ranToItsEnd(outcome)) return;
  const key = keyOf(tools, check, at.tree);
  const fact: Fact = { kind: 'check', key, tree: at.tree, outcome, at: new Date(tools.clock()).toISOString() };
  await tools.store.record([fact]);
}

/** A check whose outcome is believed; `ran`: false when it was remembered as it is. */
interface Settled {
  readonly check: Check;
  readonly outcome: CheckOutcome;
  readonly ran: boolean;
}

/** The outcome of one check, from memory or run as often as it takes to believe it. */
async function settle(
  trial: Trial,
  check: Check,
  run: (check: Check) => Promise<CheckOutcome>,
  say: (how: string) => void,
): Promise<Settled> {
  const known = trial.tools.store.check(keyOf(trial.tools, check, trial.at.tree));
  say(known === null ? '' : ' (remembered)');
  if (known?.confirmed === true) return { check, outcome: { ...known, cached: true }, ran: false };
  let ran = false;
  const execute = (one: Check): Promise<CheckOutcome> => {
    ran = true;
    return run(one);
  };
  const seen = known ?? trial.seen?.find((one) => one.check === check.name);
  const first = seen === undefined ? await execute(check) : { ...seen, cached: known !== null };
  const outcome = await settled(check, first, { ...trial, execute, say });
  return { check, outcome, ran };
}

const telling =
  ({ tools, sibling }: Trial, total: number) =>
  (doing: string, done: number, check: CheckStep): void =>
    tools.progress({ phase: 'validate', sibling, doing, done, total, check });

/** The files that checks changed, and what they said remembered when there is none: else it is not about the tree. */
async function changesAfter(trial: Trial, settled: readonly Settled[]): Promise<readonly string[]> {
  const ran = settled.filter((one) => one.ran);
  const changed = ran.length === 0 ? [] : await trial.tools.git.worktreeChanges(trial.at.commit, trial.signal);
  if (changed.length === 0) for (const { check, outcome } of ran) await remember(trial, check, outcome);
  return changed;
}

/**
 * Runs the checks on one tree, cheap ones first and those that only read it side by side, stopping after the first for
 * which `decisive` holds.
 */
async function runChecks(
  trial: Trial,
  checks: readonly Check[],
  decisive: (outcome: CheckOutcome) => boolean,
): Promise<{ readonly outcomes: readonly CheckOutcome[]; readonly changed: readonly string[] }> {
  const { at, tools, signal } = trial;
  const outcomes: CheckOutcome[] = [];
  const changed = new Set<string>();
  const execute = executor(trial);
  const tell = telling(trial, checks.length);
  const start = async (check: Check, stop: AbortSignal): Promise<Settled> => {
    const place = checks.indexOf(check);
    const what = `${check.name} on ${shortSha(at.tree)}`;
    const settled = await settle(
      trial,
      check,
      (one) => execute(one, stop),
      (how) => tell(`${what}${how}`, place, startedCheck(check.name, at)),
    );
    const step = endedCheck(settled.outcome, at, trial.failing(settled.outcome));
    tell(`${what}: ${step.ended === null ? '' : endWords(step.ended)}`, place + 1, step);
    return settled;
  };
  for (const tasks of checkGroups(checks)) {
    const ends = ({ outcome }: Settled): boolean => decisive(outcome);
    const settled = await sideBySide({ tasks, atOnce: tools.checks.atOnce, start, decisive: ends, signal });
    for (const path of await changesAfter(trial, settled)) changed.add(path);
    outcomes.push(...settled.map(({ outcome }) => outcome));
    if (settled.some(ends)) break;
  }
  return { outcomes, changed: [...changed] };
}

// What flips on the target as it is must not hide what a pick breaks for good.
const settlingOfBaseline = ({ status }: CheckOutcome): Settling =>
  status === 'failed' ? { runs: 2, sure: false } : AS_IT_IS;

/** Detects the target's checks; none, with a note, where the configuration wants none. */
export async function findToolchain(
  tools: Tools,
  head: Checked,
  config: Config['validate'],
  signal: AbortSignal,
): Promise<Toolchain> {
  if (config.checks !== 'auto' && config.checks.length === 0 && config.smoke.length === 0)
    return { checks: [], install: null, notes: ['`validate.checks` is empty, so no check runs.'] };
  tools.progress({ phase: 'validate', sibling: null, doing: 'preparing the worktree' });
  return tools.checks.detect(await tools.git.checkout(head.commit, signal));
}

/** Runs checks on the target as it is: all of them, or those that a change calls for; remembered by tree. */
export async function takeBaseline(
  tools: Tools,
  head: Checked,
  toolchain: Toolchain,
  signal: AbortSignal,
): Promise<Baseline> {
  try {
    const { checks } = toolchain;
    const settling = settlingOfBaseline;
    const trial: Trial = { tools, at: head, sibling: null, signal, settling, failing: () => [], checks };
    const { outcomes } = await runChecks(trial, checks, () => false);
    return baselineOf(toolchain, outcomes);
  } catch (error) {
    if (!isProblem(error, 'check-setup')) throw error;
    const note = sanitize(`The checks could not be prepared, so none ran: ${error.message}`, 1500);
    return noBaseline([note], sanitize(error.message, 1500));
  }
}

/** The checks that may show what is sought; all of them when it is no check that fails, but the install. */
function checksFor(checks: readonly Check[], { sought, alone }: TryHow): readonly Check[] {
  const wanted = checks.filter(({ name }) => sought?.some(({ check }) => check === name) ?? true);
  if (wanted.length === 0 || sought === undefined || alone !== true) return wanted.length === 0 ? checks : wanted;
  return wanted.map((check) => focusOn(check, mineOf(check, sought)) ?? check);
}

const mineOf = ({ name }: Check, sought: readonly Failure[]): readonly Failure[] =>
  sought.filter(({ check }) => check === name);

/** What of an outcome counts. */
function countedBy({ sought, alone }: TryHow): (outcome: CheckOutcome) => CheckOutcome {
  if (sought === undefined) return (outcome) => outcome;
  return (outcome) => (alone === true ? soughtAlone(outcome, sought) : onlySought(outcome, sought));
}

/** Tries a tree against the target as it is; one whose dependencies cannot be installed fails. */
export async function tryTree(bench: Bench, at: Checked, how: TryHow): Promise<Tried> {
  const { tools, baseline, sibling, signal } = bench;
  const counted = countedBy(how);
  const wanted = { runs: how.runs, sure: how.sure ?? false, flaky: bench.flaky ?? [] };
  const against = (outcome: CheckOutcome): Tried => compared(baseline, [counted(outcome)], []);
  const settling = (outcome: CheckOutcome): Settling => settlingOf(baseline.outcomes, counted(outcome), wanted);
  const failing = (outcome: CheckOutcome): readonly Failure[] => against(outcome).found.failures;
  const breaks = (outcome: CheckOutcome): boolean => against(outcome).broken.length > 0;
  try {
    const seen = how.seen === undefined ? {} : { seen: how.seen };
    const trial = { tools, at, sibling, signal, settling, failing, checks: baseline.checks, ...seen };
    const { outcomes, changed } = await runChecks(trial, checksFor(baseline.checks, how), breaks);
    return compared(baseline, outcomes.map(counted), changed);
  } catch (error) {
    if (!isProblem(error, 'check-setup')) throw error;
    return uninstallable(error.message);
  }
}
