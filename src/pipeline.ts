import type { Sha } from './core/commit.js';
import type { Config, SiblingConfig } from './core/config.js';
import type { RunReport } from './core/enhancement.js';
import { isProblem } from './core/errors.js';
import type { Ports } from './core/ports.js';
import { sanitize } from './core/sanitize.js';
import { type TestResults, testResults } from './core/testResults.js';
import { type FetchOutcome, fetchSiblings } from './pipeline/fetch.js';
import { reconcileLandings } from './pipeline/land.js';
import { persistRun, startedRun } from './pipeline/persist.js';
import { type BaselineOf, baselinesOf } from './steps/baselines.js';
import { followChains } from './steps/followChains.js';
import { type Improved, improveSibling, mayPassOn, NOTHING_IMPROVED } from './steps/improve.js';
import { keysOf, unchangedSiblings } from './steps/known.js';
import { type Look, lookAt } from './steps/look.js';
import { offerReview } from './steps/offer.js';
import type { Offered } from './steps/offerRequest.js';
import { reportOn } from './steps/siblingReport.js';
import { answerAlarms } from './steps/takeBack.js';
import { refuseUnlessOpening, type Visit, visitForge } from './steps/visit.js';

/** What a run is asked to do. */
export interface RunRequest {
  /** Id that goes through logs, trailers and reports. */
  readonly run: string;
  readonly command: 'scan' | 'sync';
  readonly dryRun: boolean;
  readonly config: Config;
  /** The siblings to look at: all, or the one that was named. */
  readonly siblings: readonly SiblingConfig[];
  readonly signal: AbortSignal;
  /** Told what the checks said, once, when something was validated. */
  readonly validated?: (results: TestResults) => Promise<unknown>;
}

/** A sibling whose rows must be found anew. */
interface Changed {
  readonly sibling: SiblingConfig;
  readonly tip: Sha;
  readonly branch: string;
  readonly notes: readonly string[];
}

/** A run's request with what is asked of the world once for all siblings. */
interface Whole extends RunRequest {
  readonly baseline: BaselineOf;
  readonly visit: Visit | null;
}

/** What a run has found and done so far. */
interface Progressed {
  readonly head: Sha;
  readonly looks: ReadonlyMap<string, { readonly look: Look; readonly head: Sha }>;
  readonly improved: ReadonlyMap<string, Improved>;
  /** Siblings on which git failed, with what it said. */
  readonly failed: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

const iso = (ports: Ports): string => new Date(ports.clock()).toISOString();

/**
 * One run: fetch, filter, integrate, validate, decide, land, persist (design: product, "The run, phase by phase").
 * What is proved safe lands first, sibling by sibling; then the rest is offered on top of where the target stands.
 */
export async function runPipeline(ports: Ports, request: RunRequest): Promise<RunReport> {
  const { target } = ports.git;
  const startedAt = iso(ports);
  const start = {
    run: request.run,
    command: request.command,
    dryRun: request.dryRun,
    startedAt,
    target: { branch: target.branch, head: target.head, landedHead: target.head },
  };
  const recovered = await reconcileLandings(ports, request.signal);
  const writes = request.command === 'sync' && !request.dryRun;
  const { run, config, signal } = request;
  const visit = await visitForge(ports, { run, config, writes, signal });
  const alarms = visit === null || !writes ? [] : await answerAlarms(ports, visit, request);
  const outcomes = await fetchSiblings(ports.git, request.siblings, ports.progress, request.signal);
  const known = await unchangedSiblings(ports, request, outcomes, target.head);
  const changed = outcomes.flatMap((outcome) =>
    outcome.kind === 'fetched' && !known.has(outcome.sibling.name) ? [changedOf(outcome)] : [],
  );
  const idle =
    changed.length === 0 &&
    recovered.length === 0 &&
    visit?.changed !== true &&
    alarms.length === 0 &&
    outcomes.every((outcome) => outcome.kind === 'fetched');
  if (visit !== null && writes && changed.length > 0) await refuseUnlessOpening(ports, visit, signal);
  if (!idle) await ports.store.record([{ kind: 'run', run: startedRun(start) }]);
  const baseline = baselinesOf(ports, request.config.validate, request.signal);
  const whole: Whole = { ...request, baseline, visit };
  const progressed = await improveAll(ports, whole, changed);
  await tellResults(ports, request, progressed.improved);
  const { offered, failed } = await offerAll(ports, whole, changed, progressed);
  const ended = outcomes.map((outcome) => withFailure(outcome, failed));
  const endedAt = iso(ports);
  const siblings = ended.map((outcome) => reportOn(ports, outcome, { known, offered, at: endedAt }));
  const notes = [
    ...target.notes,
    ...recovered,
    ...(visit?.notes ?? []),
    ...alarms,
    ...progressed.notes,
    ...rebuiltNote(ports),
  ];
  const report: RunReport = {
    ...start,
    endedAt,
    target: { ...start.target, landedHead: progressed.head },
    siblings,
    notes: [...new Set(notes)],
  };
  // A poll that finds nothing writes nothing.
  if (!idle) {
    ports.progress({ phase: 'persist', sibling: null, doing: 'remembering' });
    await persistRun(ports, report, await keysOf(ports, request, report, offered));
  }
  const chained = await followChains(ports, visit, {
    run: request.run,
    config: request.config,
    acts: request.command === 'sync' && !request.dryRun,
    signal: request.signal,
  });
  return { ...report, notes: [...report.notes, ...chained] };
}

/** Hands out what the checks said of each sibling's picks. */
async function tellResults(
  { git: { target } }: Ports,
  { run, validated: tell }: RunRequest,
  improved: ReadonlyMap<string, Improved>,
): Promise<void> {
  const proved = [...improved].flatMap(([sibling, { validated, baseline }]) =>
    validated === null || baseline === null ? [] : [{ sibling, validated, baseline }],
  );
  const results = testResults(run, { branch: target.branch, head: target.head, tree: target.headTree }, proved);
  if (results !== null) await tell?.(results);
}

const changedOf = (outcome: Extract<FetchOutcome, { kind: 'fetched' }>): Changed => ({
  sibling: outcome.sibling,
  tip: outcome.fetched.tip,
  branch: outcome.fetched.branch,
  notes: outcome.notes,
});

const rebuiltNote = (ports: Ports): readonly string[] =>
  ports.git.rebuilt === null
    ? []
    : [`The quarantine was damaged (${ports.git.rebuilt}) and was built again; nothing of yours was in it.`];

/** What a stage came to for one sibling: git may fail on its history, and the others go on. */
type Attempt<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'failed'; readonly error: string };

async function attempt<T>(work: Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'done', value: await work };
  } catch (error) {
    if (!isProblem(error, 'git-failed') && !isProblem(error, 'git-timeout')) throw error;
    return { kind: 'failed', error: sanitize(error.message, 1000) };
  }
}

function withFailure(outcome: FetchOutcome, failed: ReadonlyMap<string, string>): FetchOutcome {
  const error = failed.get(outcome.sibling.name);
  return error === undefined ? outcome : { kind: 'failed', sibling: outcome.sibling, error };
}

/** Looks at every changed sibling and, in a sync, lands what is proved safe; the head moves as it lands. */
async function improveAll(ports: Ports, request: Whole, changed: readonly Changed[]): Promise<Progressed> {
  const looks = new Map<string, { look: Look; head: Sha }>();
  const improved = new Map<string, Improved>();
  const failed = new Map<string, string>();
  let head = ports.git.target.head;
  const improve = async ({ sibling, tip }: Changed): Promise<Improved> => {
    const look = await lookAt(ports, { sibling, head, tip, config: request.config, signal: request.signal });
    looks.set(sibling.name, { look, head });
    if (request.command === 'scan') return { ...NOTHING_IMPROVED, head };
    return improveSibling(ports, { ...request, sibling, head, look });
  };
  const go = async (one: Changed): Promise<void> => {
    const result = await attempt(improve(one));
    if (result.kind === 'failed') failed.set(one.sibling.name, result.error);
    else {
      improved.set(one.sibling.name, result.value);
      head = result.value.head;
    }
  };
  for (const one of changed) await go(one);
  // What was rejected may pass on what a later sibling landed: it is tried once more, in the same run.
  const again = changed.filter(({ sibling }) => mayPassOn(improved.get(sibling.name), head));
  for (const one of again) await go(one);
  return { head, looks, improved, failed, notes: [...improved.values()].flatMap(({ notes }) => notes) };
}

/** Where every commit of a changed sibling stands at the end, on the head as it is then. */
async function offerAll(
  ports: Ports,
  request: Whole,
  changed: readonly Changed[],
  { head, looks, improved, failed: before }: Progressed,
): Promise<{ readonly offered: ReadonlyMap<string, Offered>; readonly failed: ReadonlyMap<string, string> }> {
  const offered = new Map<string, Offered>();
  const failed = new Map(before);
  const offer = async ({ sibling, tip, notes }: Changed): Promise<Offered> => {
    const seen = looks.get(sibling.name);
    const look =
      seen?.head === head
        ? seen.look
        : await lookAt(ports, { sibling, head, tip, config: request.config, signal: request.signal });
    const found = improved.get(sibling.name) ?? NOTHING_IMPROVED;
    const result = await offerReview(ports, { ...request, sibling, tip, head, look, improved: found });
    return { ...result, notes: [...notes, ...result.notes] };
  };
  for (const one of changed.filter(({ sibling }) => !before.has(sibling.name))) {
    const result = await attempt(offer(one));
    if (result.kind === 'failed') failed.set(one.sibling.name, result.error);
    else offered.set(one.sibling.name, result.value);
  }
  return { offered, failed };
}
