import { expect, it } from 'vitest';
import type { StatusReport } from '../../src/core/reports.js';
import { type Reading, StateFeed } from '../../src/ui/stateFeed.js';

const status = (branch: string): StatusReport => ({
  target: { root: '/srv/app', branch, head: 'a'.repeat(40) },
  siblings: [],
  lastRun: null,
  nextRun: null,
  landings: [],
  health: { source: 'new', notes: [], generation: 0 },
});

const branchOf = (reading: Reading): string =>
  reading.kind === 'read' ? reading.status.target.branch : String(reading.error);

it('reads once more, and not five times, when it is asked five times during a reading', async () => {
  let reads = 0;
  const feed = new StateFeed(async () => status(`reading ${++reads}`));
  const told: string[] = [];
  feed.listen((reading) => told.push(branchOf(reading)));
  await Promise.all(Array.from({ length: 6 }, () => feed.refresh()));
  expect(told).toEqual(['reading 1', 'reading 2']);
});

it('reads again after a reading that failed', async () => {
  const answers = [() => Promise.reject(new Error('locked')), async () => status('main')];
  const feed = new StateFeed(async () => (await answers.shift()?.()) ?? status('none'));
  const told: string[] = [];
  feed.listen((reading) => told.push(branchOf(reading)));
  await feed.refresh();
  await feed.refresh();
  expect(told).toEqual(['Error: locked', 'main']);
});

it('tells nothing to a listener that has gone', async () => {
  const feed = new StateFeed(async () => status('main'));
  const told: string[] = [];
  feed.listen((reading) => told.push(branchOf(reading))).dispose();
  await feed.refresh();
  expect(told).toEqual([]);
});
