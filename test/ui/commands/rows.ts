import type { LandingState } from '../../../src/core/facts.js';
import type { IncomingRow, Overview } from '../../../src/core/overview.js';

/** An incoming commit as a list shows it, ready for review unless told otherwise. */
export const incomingRow = (more: Partial<IncomingRow> = {}): IncomingRow => ({
  sibling: 'acme',
  sha: 'a'.repeat(40),
  subject: 'a page of help',
  author: 'A. Writer',
  date: '2026-01-02T03:04:05Z',
  type: 'feat',
  breaking: false,
  standing: 'review',
  verdict: 'review',
  risk: 3,
  partial: false,
  kept: 1,
  dropped: 0,
  pullRequest: null,
  ...more,
});

/** A landing that stands. */
export const landing = (more: Partial<LandingState> = {}): LandingState => ({
  id: 'one',
  run: '20260102030405-aaaaaa',
  sibling: 'acme',
  at: '2026-01-02T03:04:05Z',
  phase: 'done',
  how: 'apply',
  refs: [],
  picks: [{ origin: 'a'.repeat(40), pick: 'b'.repeat(40) }],
  ...more,
});

/** What the editor keeps in mind of a target with these rows and landings. */
export const overview = (more: Partial<Overview> = {}): Overview => ({
  target: { root: '/family/target', branch: 'main', head: 'c'.repeat(40) },
  lands: { kind: 'branches', lacksToken: null, server: 'https://github.com' },
  siblings: [],
  rows: [],
  lastRun: null,
  checkedAt: null,
  every: 3_600_000,
  landings: [],
  health: { source: 'database', notes: [], generation: 1 },
  ...more,
});
