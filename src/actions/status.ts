import type { Config, SiblingConfig } from '../core/config.js';
import { parseDuration } from '../core/duration.js';
import type { RunState } from '../core/facts.js';
import type { TargetView } from '../core/gitPort.js';
import type { StorePort } from '../core/ports.js';
import type { SiblingStatus, StatusReport } from '../core/reports.js';
import { STANDINGS, type Standing } from '../core/standing.js';

/** Chains that are told of: who lands much wants the last ones. */
const MOST_CHAINS = 5;

const WAITS: ReadonlySet<Standing> = new Set(['review', 'conflict']);

/** One sibling as the store remembers it. */
export function siblingStatus(store: StorePort, sibling: SiblingConfig): SiblingStatus {
  const state = store.siblings().find((one) => one.name === sibling.name);
  const commits = store.commits(sibling.name).map((row) => row.commit);
  const counts = STANDINGS.map(
    (standing) => [standing, commits.filter((commit) => commit.standing === standing).length] as const,
  );
  return {
    name: sibling.name,
    branch: state?.branch ?? sibling.branch ?? null,
    address: sibling.url ?? sibling.path ?? '',
    seenAt: state?.seenAt ?? null,
    error: state?.error ?? null,
    notes: state?.notes ?? [],
    counts: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    waiting: commits.filter((commit) => WAITS.has(commit.standing)),
  };
}

const nextRun = (last: RunState | null, every: string): string | null =>
  last?.endedAt ? new Date(Date.parse(last.endedAt) + parseDuration(every)).toISOString() : null;

/** What is remembered of the family, without asking anybody. */
export function statusOf(
  store: StorePort,
  config: Config,
  target: Pick<TargetView, 'root' | 'branch' | 'head'>,
): StatusReport {
  const lastRun = store.runs(1)[0] ?? null;
  return {
    target: { root: target.root, branch: target.branch, head: target.head },
    siblings: config.siblings.map((sibling) => siblingStatus(store, sibling)),
    lastRun,
    nextRun: nextRun(lastRun, config.schedule.every),
    landings: standingLandings(store),
    chains: store.chains().slice(-MOST_CHAINS).reverse(),
    health: store.health,
  };
}

/** Runs that landed something and were not undone, newest first. */
export function standingLandings(store: Pick<StorePort, 'landings'>): StatusReport['landings'] {
  return store
    .landings()
    .filter((landing) => landing.phase === 'done' && landing.how !== 'review' && landing.how !== 'undo')
    .sort((one, other) => other.at.localeCompare(one.at));
}
