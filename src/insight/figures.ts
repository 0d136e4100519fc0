import type { IncomingCommit } from '../core/enhancement.js';
import type { LandingState, RunState, SiblingState, StoredCommit } from '../core/facts.js';
import type { Kpis, Share } from '../core/kpi.js';
import { leadTimeOf } from './leadTime.js';
import { runFigures } from './runFigures.js';
import { shareOf } from './share.js';
import { siblingFigures, standingCounts } from './siblingFigures.js';

/** All that figures are made from. */
export interface FigureInput {
  /** Siblings that the configuration names, in its order; what the store knows of others is left out. */
  readonly names: readonly string[];
  readonly siblings: readonly SiblingState[];
  readonly rows: readonly StoredCommit[];
  readonly runs: readonly RunState[];
  readonly landings: readonly LandingState[];
  /** When the siblings were last asked, with or without news: ISO 8601, UTC; null when never. */
  readonly checkedAt: string | null;
}

function bySibling(rows: readonly StoredCommit[]): ReadonlyMap<string, readonly IncomingCommit[]> {
  const found = new Map<string, IncomingCommit[]>();
  for (const { sibling, commit } of rows) {
    const commits = found.get(sibling);
    if (commits === undefined) found.set(sibling, [commit]);
    else commits.push(commit);
  }
  return found;
}

function autoMergeOf(commits: readonly IncomingCommit[]): Share {
  const landed = commits.filter(({ standing }) => standing === 'landed');
  const byItself = landed.filter(({ evidence }) => evidence.kind === 'landed' && evidence.how === 'auto-merge');
  return shareOf(byItself.length, landed.length);
}

/** What was validated has a verdict. */
function rejectionOf(commits: readonly IncomingCommit[]): Share {
  const judged = commits.filter(({ verdict }) => verdict !== null);
  return shareOf(judged.filter(({ verdict }) => verdict === 'rejected').length, judged.length);
}

const latest = (moments: readonly (string | null)[]): string | null =>
  moments.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);

/** The figures of one target, from what is stored of it. They agree with `status`: same rows, same counts. */
export function figuresFrom(input: FigureInput): Kpis {
  const { names, siblings, runs, landings } = input;
  const grouped = bySibling(input.rows);
  const states = new Map(siblings.map((state) => [state.name, state]));
  const named = names.map((name) => siblingFigures(name, grouped.get(name) ?? [], states.get(name)));
  const rows = names.flatMap((sibling) => (grouped.get(sibling) ?? []).map((commit) => ({ sibling, commit })));
  const commits = rows.map(({ commit }) => commit);
  return {
    siblings: named,
    standings: standingCounts((standing) => named.reduce((sum, { counts }) => sum + counts[standing], 0)),
    runs: runFigures(runs, landings),
    leadTime: leadTimeOf(rows, landings),
    autoMerge: autoMergeOf(commits),
    rejection: rejectionOf(commits),
    checkedAt: latest([input.checkedAt, ...siblings.map(({ seenAt }) => seenAt)]),
  };
}
