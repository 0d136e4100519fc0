import type { Sha } from './core/commit.js';
import type { Config, SiblingConfig } from './core/config.js';
import type { RunReport, SiblingReport } from './core/enhancement.js';
import { integrationBranch } from './core/integrationBranch.js';
import { incomingCommit, isOpen, type Judged } from './core/judged.js';
import type { Ports } from './core/ports.js';
import { type FetchOutcome, fetchSiblings } from './pipeline/fetch.js';
import { reconcileLandings } from './pipeline/land.js';
import { persistRun, startedRun, stateKey, stillHolds } from './pipeline/persist.js';
import { type Baseline, takeBaseline } from './pipeline/validate.js';
import { type Improved, improveSibling, NOTHING_IMPROVED } from './steps/improve.js';
import { type Look, lookAt } from './steps/look.js';
import { type Offered, offerReview } from './steps/offer.js';

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
}

/** A sibling whose rows must be found anew. */
interface Changed {
  readonly sibling: SiblingConfig;
  readonly tip: Sha;
  readonly branch: string;
  readonly notes: readonly string[];
}

/** What a run has found and done so far. */
interface Progressed {
  readonly head: Sha;
  readonly looks: ReadonlyMap<string, { readonly look: Look; readonly head: Sha }>;
  readonly improved: ReadonlyMap<string, Improved>;
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
  const outcomes = await fetchSiblings(ports.git, request.siblings, ports.progress, request.signal);
  const known = await unchangedSiblings(ports, request, outcomes, target.head);
  const changed = outcomes.flatMap((outcome) =>
    outcome.kind === 'fetched' && !known.has(outcome.sibling.name) ? [changedOf(outcome)] : [],
  );
  const idle =
    changed.length === 0 && recovered.length === 0 && outcomes.every((outcome) => outcome.kind === 'fetched');
  if (!idle) await ports.store.record([{ kind: 'run', run: startedRun(start) }]);
  const baselines = baselinesOf(ports, request);
  const progressed = await improveAll(ports, request, changed, baselines);
  const offered = await offerAll(ports, request, changed, progressed, baselines);
  const siblings = outcomes.map((outcome) => reportOn(ports, outcome, known, offered));
  const notes = [...target.notes, ...recovered, ...progressed.notes, ...rebuiltNote(ports)];
  const report: RunReport = {
    ...start,
    endedAt: iso(ports),
    target: { ...start.target, landedHead: progressed.head },
    siblings,
    notes: [...new Set(notes)],
  };
  if (idle) return report; // a poll that finds nothing writes nothing
  ports.progress({ phase: 'persist', sibling: null, doing: 'remembering' });
  await persistRun(ports, report, await keysOf(ports, request, report, offered));
  return report;
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

async function branchTips(ports: Ports, siblings: readonly SiblingConfig[]): Promise<ReadonlyMap<string, Sha | null>> {
  const refs = siblings.map(({ name }) => `refs/heads/${integrationBranch(name)}`);
  const now = refs.length === 0 ? new Map<string, Sha | null>() : await ports.git.readRefs(refs);
  return new Map(siblings.map(({ name }) => [name, now.get(`refs/heads/${integrationBranch(name)}`) ?? null]));
}

/** Siblings whose stored rows still hold: nothing is listed, tried or written for them. */
async function unchangedSiblings(
  ports: Ports,
  request: RunRequest,
  outcomes: readonly FetchOutcome[],
  head: Sha,
): Promise<ReadonlySet<string>> {
  const tips = await branchTips(ports, request.siblings);
  const states = new Map(ports.store.siblings().map((state) => [state.name, state]));
  const depth = request.command;
  const unchanged = outcomes.filter((outcome) => {
    if (outcome.kind === 'failed') return false;
    const name = outcome.sibling.name;
    const parts = {
      depth,
      tip: outcome.fetched.tip,
      head,
      branch: tips.get(name) ?? null,
      config: request.config,
      decisions: ports.store.decisions(),
    } as const;
    return stillHolds(states.get(name), parts) && !isDue(ports, name);
  });
  return new Set(unchanged.map((outcome) => outcome.sibling.name));
}

/** True when a stored row waits for a moment that has come. */
function isDue(ports: Ports, sibling: string): boolean {
  return ports.store.commits(sibling).some(({ commit: { evidence } }) => {
    const until = evidence.kind === 'waiting' || evidence.kind === 'declined' ? evidence.until : null;
    return until !== null && Date.parse(until) <= ports.clock();
  });
}

/** Baselines by head, each taken once and only when a chain has to be checked on it. */
function baselinesOf(ports: Ports, request: RunRequest): (head: Sha, tree: Sha) => Promise<Baseline> {
  const taken = new Map<Sha, Promise<Baseline>>();
  return (head, tree) => {
    const known =
      taken.get(head) ?? takeBaseline(ports, { commit: head, tree }, request.config.validate, request.signal);
    taken.set(head, known);
    return known;
  };
}

/** Looks at every changed sibling and, in a sync, lands what is proved safe; the head moves as it lands. */
async function improveAll(
  ports: Ports,
  request: RunRequest,
  changed: readonly Changed[],
  baseline: (head: Sha, tree: Sha) => Promise<Baseline>,
): Promise<Progressed> {
  const looks = new Map<string, { look: Look; head: Sha }>();
  const improved = new Map<string, Improved>();
  const notes: string[] = [];
  let head = ports.git.target.head;
  for (const { sibling, tip } of changed) {
    const look = await lookAt(ports, { sibling, head, tip, config: request.config, signal: request.signal });
    looks.set(sibling.name, { look, head });
    if (request.command === 'scan') continue;
    const result = await improveSibling(ports, { ...request, sibling, head, look, baseline });
    improved.set(sibling.name, result);
    notes.push(...result.notes);
    head = result.head;
  }
  return { head, looks, improved, notes };
}

/** Where every commit of a changed sibling stands at the end, on the head as it is then. */
async function offerAll(
  ports: Ports,
  request: RunRequest,
  changed: readonly Changed[],
  progressed: Progressed,
  baseline: (head: Sha, tree: Sha) => Promise<Baseline>,
): Promise<ReadonlyMap<string, Offered & { readonly notes: readonly string[] }>> {
  const offered = new Map<string, Offered & { notes: readonly string[] }>();
  for (const { sibling, tip, notes } of changed) {
    const before = progressed.looks.get(sibling.name);
    const still = before !== undefined && before.head === progressed.head;
    const look = still
      ? before.look
      : await lookAt(ports, { sibling, head: progressed.head, tip, config: request.config, signal: request.signal });
    const result = await offerReview(ports, {
      ...request,
      sibling,
      tip,
      head: progressed.head,
      look,
      baseline,
      improved: progressed.improved.get(sibling.name) ?? NOTHING_IMPROVED,
    });
    offered.set(sibling.name, { ...result, notes: [...notes, ...result.notes] });
  }
  return offered;
}

function reportOn(
  ports: Ports,
  outcome: FetchOutcome,
  known: ReadonlySet<string>,
  offered: ReadonlyMap<string, Offered & { notes: readonly string[] }>,
): SiblingReport {
  const { name } = outcome.sibling;
  const state = ports.store.siblings().find((one) => one.name === name);
  const stored = (): SiblingReport['commits'] => ports.store.commits(name).map((row) => row.commit);
  if (outcome.kind === 'failed')
    return {
      name,
      branch: state?.branch ?? null,
      tip: state?.tip ?? null,
      error: outcome.error,
      notes: [],
      unchanged: false,
      commits: stored(),
    };
  const { tip, branch } = outcome.fetched;
  const found = offered.get(name);
  if (known.has(name) || found === undefined)
    return { name, branch, tip, error: null, notes: outcome.notes, unchanged: true, commits: stored() };
  const commits = found.judged.map((judged: Judged) => incomingCommit(judged));
  return { name, branch, tip, error: null, notes: found.notes, unchanged: false, commits };
}

/** Keys under which the rows are stored; none where something is left to do, so that the next run looks again. */
async function keysOf(
  ports: Ports,
  request: RunRequest,
  report: RunReport,
  offered: ReadonlyMap<string, Offered>,
): Promise<ReadonlyMap<string, string>> {
  const tips = await branchTips(ports, request.siblings);
  const depth = request.command;
  return new Map(
    report.siblings.map(({ name, tip }) => {
      const found = offered.get(name);
      const open = found === undefined || tip === null || found.unfinished || found.judged.some(isOpen);
      return [
        name,
        open
          ? ''
          : stateKey({
              depth,
              tip,
              head: report.target.landedHead,
              branch: tips.get(name) ?? null,
              config: request.config,
              decisions: ports.store.decisions(),
            }),
      ];
    }),
  );
}
