import type { Config } from '../core/config.js';
import type { RunReport, SiblingReport } from '../core/enhancement.js';
import type { Decision, Fact, Resolution, RunState, SiblingState } from '../core/facts.js';
import type { Ports } from '../core/ports.js';
import { STANDINGS } from '../core/standing.js';

type Tools = Pick<Ports, 'store' | 'clock'>;

/** Everything a sibling's rows depend on. */
export interface KeyParts {
  readonly depth: 'scan' | 'sync';
  readonly tip: string;
  readonly head: string;
  /** Where the sibling's integration branch stands in the target. */
  readonly branch: string | null;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  readonly resolutions: readonly Resolution[];
}

/** Equal keys mean that looking again would find the same. Readable, so that `state.json` tells why it looked again. */
export function stateKey({ depth, tip, head, branch, config, decisions, resolutions }: KeyParts): string {
  const { filter, validate, decide, land } = config;
  const said = [
    ...decisions.map((one) => `${one.kind} ${one.sha} ${one.until ?? ''}`),
    ...resolutions.map((one) => `resolved ${one.sha} ${one.at}`),
  ].join(',');
  return [depth, tip, head, branch ?? 'no-branch', JSON.stringify({ filter, validate, decide, land }), said].join(
    ' | ',
  );
}

/** True when stored rows still hold: the keys agree (a sync's rows serve a scan too) and nothing waits that is due. */
export function stillHolds(state: SiblingState | undefined, parts: KeyParts): boolean {
  if (state === undefined || state.key === '' || state.error !== null) return false;
  const depths = parts.depth === 'scan' ? (['scan', 'sync'] as const) : (['sync'] as const);
  return depths.some((depth) => state.key === stateKey({ ...parts, depth }));
}

/** How many commits stand where. */
export function countStandings(siblings: readonly Pick<SiblingReport, 'commits'>[]): Readonly<Record<string, number>> {
  const all = siblings.flatMap((sibling) => sibling.commits.map((commit) => commit.standing));
  return Object.fromEntries(STANDINGS.map((standing) => [standing, all.filter((one) => one === standing).length]));
}

/** A run as the history keeps it, while it runs. */
export function startedRun(report: Pick<RunReport, 'run' | 'command' | 'dryRun' | 'startedAt' | 'target'>): RunState {
  const { run, command, dryRun, startedAt, target } = report;
  return {
    run,
    command,
    dryRun,
    startedAt,
    endedAt: null,
    outcome: 'running',
    targetBefore: target.head,
    targetAfter: null,
    counts: {},
  };
}

/** The same run at its end. */
export function endedRun(report: RunReport): RunState {
  const failed = report.siblings.filter((sibling) => sibling.error !== null).length;
  const outcome = failed === 0 ? 'done' : failed === report.siblings.length ? 'failed' : 'partly';
  return {
    ...startedRun(report),
    endedAt: report.endedAt,
    outcome,
    targetAfter: report.target.landedHead,
    counts: countStandings(report.siblings),
  };
}

const stateOf = (sibling: SiblingReport, key: string, seenAt: string | null): SiblingState => {
  const { name, tip, branch, error, notes } = sibling;
  return { name, tip, branch, seenAt, error, notes, key };
};

/** What the store is told of a finished run: every sibling's state and rows, and the run itself, in one acknowledgement. */
export async function persistRun(tools: Tools, report: RunReport, keys: ReadonlyMap<string, string>): Promise<void> {
  const seen = new Map(tools.store.siblings().map(({ name, seenAt }) => [name, seenAt]));
  const facts = report.siblings.flatMap((sibling): Fact[] => {
    if (sibling.unchanged) return [];
    const seenAt = sibling.error === null ? report.endedAt : (seen.get(sibling.name) ?? null);
    const key = keys.get(sibling.name) ?? '';
    const state: Fact = { kind: 'sibling', sibling: stateOf(sibling, key, seenAt) };
    if (sibling.error !== null) return [state];
    return [
      state,
      { kind: 'commits', sibling: sibling.name, run: report.run, replace: true, commits: sibling.commits },
    ];
  });
  await tools.store.record([...facts, { kind: 'run', run: endedRun(report) }]);
}
