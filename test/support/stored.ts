import type { IncomingCommit } from '../../src/core/enhancement.js';
import type { LandingState, RunState, SiblingState, StoredCommit } from '../../src/core/facts.js';

/** A row of the store that differs from the usual one only where a test says so. */
export const storedCommit = (sibling: string, commit: Partial<IncomingCommit> = {}): StoredCommit => ({
  sibling,
  commit: {
    sha: 'a'.repeat(40),
    subject: 'fix: it',
    author: 'A. Writer',
    date: '2026-01-01T00:00:00Z',
    type: 'fix',
    scope: null,
    breaking: false,
    standing: 'candidate',
    reason: 'It picks cleanly.',
    evidence: { kind: 'candidate', tree: 'b'.repeat(40), needs: [] },
    forecast: 'clean',
    files: { kept: ['src/it.ts'], dropped: [] },
    partial: false,
    risk: null,
    vetoes: [],
    verdict: null,
    landed: null,
    pullRequest: null,
    ...commit,
  },
});

/** A run of the history, as `storedCommit`. */
export const storedRun = (run: string, more: Partial<RunState> = {}): RunState => ({
  run,
  command: 'sync',
  dryRun: false,
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:10.000Z',
  outcome: 'done',
  targetBefore: 'c'.repeat(40),
  targetAfter: 'c'.repeat(40),
  counts: {},
  ...more,
});

/** A landing of the history, as `storedCommit`. */
export const storedLanding = (sibling: string, more: Partial<LandingState> = {}): LandingState => ({
  id: 'landing',
  run: 'run',
  sibling,
  at: '2026-01-02T00:00:00.000Z',
  phase: 'done',
  how: 'auto-merge',
  refs: [],
  picks: [],
  ...more,
});

/** What is known of a sibling, as `storedCommit`. */
export const storedSibling = (name: string, more: Partial<SiblingState> = {}): SiblingState => ({
  name,
  tip: 'd'.repeat(40),
  branch: 'main',
  seenAt: '2026-01-03T00:00:00.000Z',
  error: null,
  notes: [],
  key: '',
  ...more,
});
