import type { IncomingCommit } from '../../../src/core/enhancement.js';
import type { IncomingRow, Overview, SiblingOverview } from '../../../src/core/overview.js';
import { NOT_POLLING, type TargetState, type WindowState } from '../../../src/ui/state/model.js';
import { NOTHING_PROVED } from '../../../src/ui/state/proving.js';
import { storedCommit } from '../../support/stored.js';

/** Now, in every sample. */
export const NOW = Date.parse('2026-03-10T12:00:00.000Z');

/** A row; its sha is made of its number. */
export const sampleRow = (number: number, more: Partial<IncomingRow> = {}): IncomingRow => ({
  sibling: 'acme',
  sha: number.toString(16).padStart(40, '0'),
  subject: `fix: change ${number}`,
  author: 'A. Writer',
  date: '2026-03-07T12:00:00.000Z',
  type: 'fix',
  breaking: false,
  standing: 'review',
  verdict: 'review',
  risk: 4,
  partial: false,
  kept: 1,
  dropped: 0,
  pullRequest: null,
  ...more,
});

/** A commit as the state keeps it. */
export const sampleCommit = (more: Partial<IncomingCommit> = {}): IncomingCommit =>
  storedCommit('acme', {
    subject: 'fix: round the tax',
    date: '2026-03-07T12:00:00.000Z',
    files: { kept: ['src/tax.ts'], dropped: [] },
    ...more,
  }).commit;

/** A sibling that was seen four minutes ago. */
export const sampleSibling = (name: string, more: Partial<SiblingOverview> = {}): SiblingOverview => ({
  name,
  branch: 'main',
  address: `https://example.com/${name}.git`,
  seenAt: '2026-03-10T11:56:00.000Z',
  error: null,
  notes: [],
  counts: {},
  commitPage: null,
  folder: null,
  ...more,
});

/** An overview with these rows, of the siblings that they name. */
export const sampleOverview = (rows: readonly IncomingRow[], more: Partial<Overview> = {}): Overview => ({
  target: { root: '/target', branch: 'main', head: 'c'.repeat(40) },
  lands: { kind: 'branches', lacksToken: null, server: 'https://github.com' },
  siblings: [...new Set(rows.map(({ sibling }) => sibling))].map((name) => sampleSibling(name)),
  rows,
  lastRun: null,
  checkedAt: '2026-03-10T11:56:00.000Z',
  every: 3_600_000,
  landings: [],
  health: { source: 'database', notes: [], generation: 1 },
  ...more,
});

/** An open folder. */
export const sampleTarget = (overview: Overview | null, more: Partial<TargetState> = {}): TargetState => ({
  id: 'file:///target',
  name: 'target',
  folder: '/target',
  overview,
  trouble: null,
  activity: null,
  provings: NOTHING_PROVED,
  polling: NOT_POLLING,
  ...more,
});

/** A trusted window with these folders. */
export const sampleWindow = (targets: readonly TargetState[], more: Partial<WindowState> = {}): WindowState => ({
  folders: targets.length,
  trusted: true,
  loading: false,
  targets,
  ...more,
});
