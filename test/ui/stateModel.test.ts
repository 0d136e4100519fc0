import { expect, it } from 'vitest';
import { AutoSyncError } from '../../src/core/errors.js';
import { PANEL_COLUMNS, type PanelState } from '../../src/core/protocol.js';
import type { StatusReport } from '../../src/core/reports.js';
import { STANDINGS } from '../../src/core/standing.js';
import { barText, panelMessage, waitingCount } from '../../src/ui/stateModel.js';

const sibling = {
  name: 'acme',
  branch: 'main',
  address: '../acme',
  seenAt: '2026-01-02T03:04:05Z',
  error: null,
  notes: [],
  counts: { review: 2, conflict: 1, landed: 4 },
  waiting: [],
};

const status = (more: Partial<StatusReport['siblings'][number]> = {}): StatusReport => ({
  target: { root: '/srv/app', branch: 'main', head: 'a'.repeat(40) },
  siblings: [{ ...sibling, ...more }],
  lastRun: null,
  nextRun: null,
  landings: [],
  health: { source: 'database', notes: [], generation: 3 },
});

const run = {
  run: '20260102030405-abcdef',
  command: 'sync',
  dryRun: false,
  startedAt: '2026-01-02T03:04:05Z',
  endedAt: '2026-01-02T03:05:06Z',
  outcome: 'done',
  targetBefore: 'a'.repeat(40),
  targetAfter: 'a'.repeat(40),
  counts: {},
} as const;

const barOf = (read: StatusReport) => barText({ kind: 'read', status: read });

function stateOf(read: StatusReport): PanelState {
  const message = panelMessage({ kind: 'read', status: read }, 'UTC');
  if (message.kind !== 'state') throw new Error(message.message);
  return message.state;
}

it('counts reviews and conflicts as waiting for a person', () => {
  expect(waitingCount(status())).toBe(3);
  expect(barOf(status())?.text).toContain('3 incoming');
  expect(stateOf(status()).summary).toBe('3 commits wait for you: 2 to review, 1 in conflict.');
});

it('speaks of one commit in the singular, and leaves out what there is none of', () => {
  expect(stateOf(status({ counts: { conflict: 1 } })).summary).toBe('1 commit waits for you: 1 in conflict.');
});

it('says that a sibling fails, with its error in the tooltip and as a warning in the panel', () => {
  const failing = status({ error: 'Sibling "acme" could not be reached', counts: {} });
  expect(barOf(failing)?.text).toContain('$(warning)');
  expect(barOf(failing)?.tooltip).toContain('could not be reached');
  expect(stateOf(failing).warnings).toEqual(['Sibling "acme" could not be reached']);
});

it('warns of state that was mended', () => {
  const notes = ['autosync.db is missing; the state was rebuilt from what was left.'];
  expect(stateOf({ ...status(), health: { source: 'mirror', notes, generation: 3 } }).warnings).toEqual(notes);
});

it('shows foreign text in the panel without control characters', () => {
  const state = stateOf(status({ error: 'bad \u001b[2J\u202e text' }));
  expect(JSON.stringify(state)).not.toMatch(/\\u001b|\u202e/);
  expect(state.lastRun).toContain('No run yet');
});

it('gives every standing exactly one column, so that a row adds up to all that came in', () => {
  expect(PANEL_COLUMNS.flatMap(({ standings }) => standings).sort()).toEqual([...STANDINGS].sort());
  const counts = Object.fromEntries(STANDINGS.map((standing, index) => [standing, index + 1]));
  const row = Object.values(stateOf(status({ counts })).siblings[0]?.counts ?? {});
  expect(row.reduce((sum, count) => sum + count, 0)).toBe(Object.values(counts).reduce((sum, one) => sum + one, 0));
});

it('writes moments as dates in words', () => {
  const state = stateOf({ ...status(), lastRun: run });
  expect(state.lastRun).toBe('Last run: sync, done, 2 Jan 2026, 03:05.');
  expect(state.siblings[0]?.seen).toBe('2 Jan 2026, 03:04');
  expect(stateOf(status({ seenAt: null })).siblings[0]?.seen).toBe('never');
});

it('says of a run that was killed or still works that it has not ended', () => {
  const { lastRun } = stateOf({ ...status(), lastRun: { ...run, dryRun: true, endedAt: null, outcome: 'running' } });
  expect(lastRun).toBe('Last run: sync (dry run), started 2 Jan 2026, 03:04, not ended.');
});

it('tells a configuration without siblings how to find them', () => {
  expect(barOf({ ...status(), siblings: [] })?.text).toContain('no siblings');
  expect(stateOf({ ...status(), siblings: [] }).summary).toContain('autosync init');
});

it('shows nothing in the status bar where AutoSync is not set up, and how to begin in the panel', () => {
  const error = new AutoSyncError({ code: 'no-config', file: '.autosync/config.json' });
  expect(barText({ kind: 'failed', error })).toBeNull();
  expect(panelMessage({ kind: 'failed', error })).toMatchObject({ tone: 'hint', title: 'AutoSync is not set up here' });
});

it('shows what went wrong as a problem, on one line and without control characters', () => {
  const error = new Error('broken \u001b[31m"name"\nat line 3');
  const shown = 'broken "name" at line 3';
  expect(barText({ kind: 'failed', error })).toEqual({ text: '$(error) AutoSync', tooltip: shown, isProblem: true });
  expect(panelMessage({ kind: 'failed', error })).toMatchObject({ tone: 'error', message: shown });
});
