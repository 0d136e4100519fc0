import { commitPageOf } from '../core/commitPage.js';
import type { Config, SiblingConfig } from '../core/config.js';
import { parseDuration } from '../core/duration.js';
import type { StoredCommit } from '../core/facts.js';
import type { IncomingRow, Overview, SiblingOverview } from '../core/overview.js';
import type { StorePort } from '../core/ports.js';
import { siblingStatus, standingLandings } from './status.js';

/** An incoming commit as lists show it. */
export const incomingRow = ({ sibling, commit }: StoredCommit): IncomingRow => ({
  sibling,
  sha: commit.sha,
  subject: commit.subject,
  author: commit.author,
  date: commit.date,
  type: commit.type,
  breaking: commit.breaking,
  standing: commit.standing,
  verdict: commit.verdict,
  risk: commit.risk?.score ?? null,
  partial: commit.partial,
  kept: commit.files.kept.length,
  dropped: commit.files.dropped.length,
  pullRequest: commit.pullRequest,
  ...(commit.resolved !== undefined && { resolved: true }),
  ...(commit.evidence.kind === 'rule' && { rule: commit.evidence.rule }),
});

/** What an overview is made of. */
export interface OverviewInput {
  readonly store: StorePort;
  readonly config: Config;
  readonly target: Overview['target'];
  readonly lands: Overview['lands'];
  readonly checkedAt: string | null;
  /** Absolute folder of a sibling that is named by a path. */
  readonly folderOf: (path: string) => string;
}

function siblingOverview({ store, folderOf }: OverviewInput, sibling: SiblingConfig): SiblingOverview {
  const { waiting: _, ...status } = siblingStatus(store, sibling);
  return {
    ...status,
    commitPage: sibling.url === undefined ? null : commitPageOf(sibling.url),
    folder: sibling.path === undefined ? null : folderOf(sibling.path),
  };
}

const latest = (...moments: readonly (string | null)[]): string | null =>
  moments.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);

/** What the editor keeps in mind of a target; rows of siblings that the configuration no longer names are left out. */
export function overviewOf(input: OverviewInput): Overview {
  const { store, config, target, lands } = input;
  const named = new Set(config.siblings.map(({ name }) => name));
  const lastRun = store.runs(1)[0] ?? null;
  return {
    target,
    lands,
    siblings: config.siblings.map((sibling) => siblingOverview(input, sibling)),
    rows: store
      .commits()
      .filter(({ sibling }) => named.has(sibling))
      .map(incomingRow),
    lastRun,
    checkedAt: latest(input.checkedAt, ...store.siblings().map(({ seenAt }) => seenAt)),
    every: parseDuration(config.schedule.every),
    landings: standingLandings(store),
    health: store.health,
  };
}
