import type { Sha } from '../core/commit.js';
import { shortSha } from '../core/commit.js';
import type { IncomingCommit, RunReport, SiblingReport } from '../core/enhancement.js';
import type { Fact } from '../core/facts.js';
import type { Ports } from '../core/ports.js';
import { standingsSince } from '../core/since.js';
import { endedRun } from '../pipeline/persist.js';

/** What a person's action came to. */
interface Action {
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Where the target's branch is after it. */
  readonly head: Sha;
}

type Change = (commit: IncomingCommit) => IncomingCommit;

/** Rewrites the rows of the named commits, remembers them and the run, and reports on them. */
async function finish(
  ports: Ports,
  action: Action,
  command: 'apply' | 'undo',
  changes: ReadonlyMap<string, ReadonlyMap<Sha, Change>>,
): Promise<RunReport> {
  const { target } = ports.git;
  const endedAt = new Date(ports.clock()).toISOString();
  const states = new Map(ports.store.siblings().map((state) => [state.name, state]));
  const siblings = [...changes].map(([name, bySha]): SiblingReport => {
    const stored = ports.store.commits(name).map(({ commit }) => commit);
    const rows = stored.flatMap((commit) => bySha.get(commit.sha)?.(commit) ?? []);
    const state = states.get(name);
    return {
      name,
      branch: state?.branch ?? null,
      tip: state?.tip ?? null,
      error: null,
      notes: [],
      unchanged: false,
      commits: standingsSince(rows, stored, endedAt),
    };
  });
  const report: RunReport = {
    run: action.run,
    command,
    dryRun: false,
    startedAt: action.startedAt,
    endedAt,
    target: { branch: target.branch, head: target.head, landedHead: action.head },
    siblings,
    notes: [],
  };
  const rows = siblings.map(
    ({ name, commits }): Fact => ({ kind: 'commits', sibling: name, run: action.run, replace: false, commits }),
  );
  await ports.store.record([...rows, { kind: 'run', run: endedRun(report) }]);
  return report;
}

/** Remembers and reports what `apply` landed. */
export async function appliedReport(ports: Ports, action: Action): Promise<RunReport> {
  const changes = new Map<string, Map<Sha, Change>>();
  for (const landing of ports.store.landings().filter((one) => one.run === action.run && one.phase === 'done')) {
    const entries = landing.picks.map(
      async ({ origin, pick }) => [origin, landed(pick, await ports.git.treeOf(pick))] as const,
    );
    changes.set(landing.sibling, new Map(await Promise.all(entries)));
  }
  return finish(ports, action, 'apply', changes);
}

const landed =
  (pick: Sha, tree: Sha): Change =>
  (commit) => ({
    ...commit,
    standing: 'landed',
    reason: `It is in the target as ${shortSha(pick)}, applied by a person.`,
    evidence: { kind: 'landed', pick, tree, how: 'apply' },
    landed: pick,
  });

/** Remembers and reports what `undo` took back. */
export function undoneReport(ports: Ports, action: Action): Promise<RunReport> {
  const changes = new Map<string, Map<Sha, Change>>();
  for (const decision of ports.store.decisions().filter((one) => one.at >= action.startedAt)) {
    const bySha = changes.get(decision.sibling) ?? new Map<Sha, Change>();
    bySha.set(decision.sha, (commit) => ({
      ...commit,
      standing: 'declined',
      reason: `${decision.by} declined it: ${decision.because}`,
      evidence: { kind: 'declined', by: decision.by, because: decision.because, until: null },
      landed: null,
    }));
    changes.set(decision.sibling, bySha);
  }
  return finish(ports, action, 'undo', changes);
}
