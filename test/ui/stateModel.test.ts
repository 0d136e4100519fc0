import { expect, it } from 'vitest';
import type { StatusReport } from '../../src/core/reports.js';
import { panelState, statusBarText, waitingCount } from '../../src/ui/stateModel.js';

const status = (more: Partial<StatusReport['siblings'][number]> = {}): StatusReport => ({
  target: { root: '/work', branch: 'main', head: 'a'.repeat(40) },
  siblings: [
    {
      name: 'acme',
      branch: 'main',
      address: '../acme',
      seenAt: '2026-01-02T03:04:05Z',
      error: null,
      notes: [],
      counts: { review: 2, conflict: 1, landed: 4 },
      waiting: [],
      ...more,
    },
  ],
  lastRun: null,
  nextRun: null,
  landings: [],
  health: { source: 'database', notes: [], generation: 3 },
});

it('counts reviews and conflicts as waiting for a person', () => {
  expect(waitingCount(status())).toBe(3);
  expect(statusBarText(status()).text).toContain('3 incoming');
});

it('says that a sibling fails, with its error in the tooltip', () => {
  const { text, tooltip } = statusBarText(status({ error: 'Sibling "acme" could not be reached', counts: {} }));
  expect(text).toContain('$(warning)');
  expect(tooltip).toContain('could not be reached');
});

it('shows foreign text in the panel without control characters', () => {
  const state = panelState(status({ error: 'bad \u001b[2J\u202e text' }));
  expect(JSON.stringify(state)).not.toMatch(/\\u001b|\u202e/);
  expect(state.lastRun).toContain('No run yet');
});
