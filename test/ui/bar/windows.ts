import type { IncomingRow, Overview, SiblingOverview } from '../../../src/core/overview.js';
import type { Standing } from '../../../src/core/standing.js';
import { NOT_POLLING, type PollingState, type TargetState, type WindowState } from '../../../src/ui/state/model.js';
import { NOTHING_PROVED } from '../../../src/ui/state/proving.js';

/** The moment of these tests. */
export const NOW = Date.UTC(2026, 0, 2, 12);

const iso = (ago: number): string => new Date(NOW - ago).toISOString();

/** A sibling that is in step. */
export const sibling = (more: Partial<SiblingOverview> = {}): SiblingOverview => ({
  name: 'acme',
  branch: 'main',
  address: '../acme',
  seenAt: iso(60_000),
  error: null,
  notes: [],
  counts: {},
  commitPage: null,
  folder: '/family/acme',
  ...more,
});

/** Rows in these standings. */
export const rowsIn = (...standings: readonly Standing[]): readonly IncomingRow[] =>
  standings.map((standing, index) => ({
    sibling: 'acme',
    sha: `${index}`.padStart(40, '0'),
    subject: 'fix: something',
    author: 'A. Writer',
    date: iso(86_400_000),
    type: 'fix',
    breaking: false,
    standing,
    verdict: null,
    risk: null,
    partial: false,
    kept: 1,
    dropped: 0,
    pullRequest: null,
  }));

/** A target that was looked at a minute ago and has nothing incoming. */
export const overview = (more: Partial<Overview> = {}): Overview => ({
  target: { root: '/family/target', branch: 'main', head: 'a'.repeat(40) },
  lands: { kind: 'branches', lacksToken: null, server: 'https://github.com' },
  siblings: [sibling()],
  rows: [],
  lastRun: null,
  checkedAt: iso(60_000),
  every: 3_600_000,
  landings: [],
  health: { source: 'database', notes: [], generation: 1 },
  ...more,
});

/** Polls, and looks again in an hour. */
export const polling = (more: Partial<PollingState> = {}): PollingState => ({
  ...NOT_POLLING,
  mode: 'scan',
  nextAt: NOW + 3_600_000,
  ...more,
});

/** One open folder. */
export const target = (more: Partial<TargetState> = {}): TargetState => ({
  id: 'file:///family/target',
  name: 'target',
  folder: '/family/target',
  overview: overview(),
  trouble: null,
  activity: null,
  provings: NOTHING_PROVED,
  polling: polling(),
  ...more,
});

/** A window with these folders. */
export const windowOf = (targets: readonly TargetState[], more: Partial<WindowState> = {}): WindowState => ({
  folders: targets.length,
  trusted: true,
  loading: false,
  targets,
  ...more,
});
