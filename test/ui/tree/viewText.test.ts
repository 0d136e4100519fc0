import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/core/facts.js';
import type { Overview } from '../../../src/core/overview.js';
import { NOT_POLLING, type TargetState, type WindowState } from '../../../src/ui/state/model.js';
import { DEFAULT_CHOICES } from '../../../src/ui/tree/choices.js';
import { limitText, viewDescription, viewMessage, waitingBadge } from '../../../src/ui/tree/viewText.js';
import { NOW, sampleOverview, sampleRow, sampleSibling, sampleTarget, sampleWindow } from './samples.js';

const LANDED = [sampleRow(1, { standing: 'landed' }), sampleRow(2, { sibling: 'globex', standing: 'filtered' })];
const RUN: RunState = {
  run: 'r1',
  command: 'sync',
  dryRun: false,
  startedAt: '2026-03-10T11:50:00.000Z',
  endedAt: null,
  outcome: 'running',
  targetBefore: 'a'.repeat(40),
  targetAfter: null,
  counts: {},
};

const windowOf = (
  overview: Partial<Overview>,
  target: Partial<TargetState> = {},
  more: Partial<WindowState> = {},
): WindowState => sampleWindow([sampleTarget(sampleOverview(overview.rows ?? LANDED, overview), target)], more);

const messageOf = (window: WindowState, listing = { shown: 2, limit: null as string | null }): string | undefined =>
  viewMessage({ window, now: NOW, listing, timeZone: 'UTC' });

describe('the sentence above the rows', () => {
  it('says that the target is in step when all is settled', () => {
    expect(messageOf(windowOf({}))).toBe('In step with 2 siblings, checked 4 min ago.');
  });

  it('says that nothing new waits while commits are on their way', () => {
    const rows = [sampleRow(1, { standing: 'waiting' })];
    expect(messageOf(windowOf({ rows }))).toBe('Nothing new waits for you, checked 4 min ago.');
  });

  it('says what to do about commits that nobody proved yet', () => {
    const rows = [sampleRow(1, { standing: 'candidate' }), sampleRow(2, { standing: 'rejected' })];
    expect(messageOf(windowOf({ rows }))).toBe('1 commit picks cleanly, checked 4 min ago. Sync to prove what fits.');
    const activity = { kind: 'sync', scheduled: false, step: null } as const;
    expect(messageOf(windowOf({ rows }, { activity })), 'it is being done').toBe(
      '1 commit picks cleanly, checked 4 min ago.',
    );
  });

  it('is not there when the rows say it all', () => {
    expect(messageOf(windowOf({ rows: [sampleRow(1)] }))).toBeUndefined();
  });

  it('counts siblings that could not be read', () => {
    const siblings = [sampleSibling('acme'), sampleSibling('globex', { error: 'gone' })];
    expect(messageOf(windowOf({ siblings }))).toContain('1 of 2 siblings could not be read, checked 4 min ago.');
  });

  it('says that nothing was looked at yet', () => {
    expect(
      messageOf(windowOf({ rows: [], siblings: [sampleSibling('acme', { seenAt: null })], checkedAt: null })),
    ).toBe('The siblings were not looked at yet. Scan to see what they have.');
  });

  it('says that pull requests wait for somebody who signs in, whatever else there is to say', () => {
    const lands = { kind: 'signed-out', lacksToken: 'house/shop', server: 'https://github.com' } as const;
    const sentence =
      'Signed out: pull requests on GitHub house/shop wait, and nothing lands. Sign in, or set "land.how" to "branch".';
    expect(messageOf(windowOf({ lands, rows: [sampleRow(1, { standing: 'candidate' })] }))).toBe(sentence);
    expect(messageOf(windowOf({ lands, rows: [sampleRow(1)] }))).toBe(sentence);
  });

  it('says what Restricted Mode leaves', () => {
    expect(messageOf(windowOf({}, {}, { trusted: false }))).toBe(
      'Restricted Mode: AutoSync shows what it remembers. It asks no sibling, runs no checks and lands nothing.',
    );
  });

  it('says when it tries again without a network', () => {
    const polling = { ...NOT_POLLING, offline: true, nextAt: Date.parse('2026-03-10T14:05:00.000Z') };
    expect(messageOf(windowOf({}, { polling }))).toBe(
      'No network: siblings elsewhere could not be reached, trying again at 14:05.',
    );
  });

  it('says that the state was rebuilt, and what was lost', () => {
    const health = { source: 'backup', notes: ['It was read from a backup.'], generation: 2 } as const;
    expect(messageOf(windowOf({ health }))).toMatch(
      /^What AutoSync remembers was damaged and rebuilt\. What was decided since its last backup may be missing\./,
    );
  });

  it('says that a run is under way elsewhere, unless it was killed or is our own', () => {
    const busy = { lastRun: RUN, busy: true };
    expect(messageOf(windowOf(busy))).toBe('Another window or terminal runs AutoSync here since 11:50.');
    expect(messageOf(windowOf({ lastRun: RUN, busy: false }))).toMatch(/^In step/);
    const activity = { kind: 'sync', scheduled: false, step: null } as const;
    expect(messageOf(windowOf(busy, { activity }))).toMatch(/^In step/);
  });

  it('says how much a filter shows, and leaves the word to the welcome when it shows nothing', () => {
    expect(messageOf(windowOf({}), { shown: 1, limit: '"tax"' })).toBe('Showing 1 of 2 commits: "tax"');
    expect(messageOf(windowOf({}), { shown: 0, limit: '"tax"' })).toBeUndefined();
  });

  it('is not there while the view has another face', () => {
    expect(messageOf(windowOf({ siblings: [] }))).toBeUndefined();
  });
});

describe('the badge', () => {
  it('counts what waits for a person over all folders', () => {
    const rows = [sampleRow(1), sampleRow(2, { standing: 'conflict' }), sampleRow(3, { standing: 'rejected' })];
    const target = sampleTarget(sampleOverview(rows));
    expect(waitingBadge(sampleWindow([target, target]))).toEqual({ value: 4, tooltip: '4 commits wait for you' });
    expect(waitingBadge(sampleWindow([sampleTarget(sampleOverview(rows.slice(0, 1)))]))?.tooltip).toBe(
      '1 commit waits for you',
    );
  });

  it('is not there when nothing waits', () => {
    expect(waitingBadge(windowOf({}))).toBeUndefined();
  });
});

it('the title names the filter, else an unusual grouping', () => {
  const filter = { sibling: 'acme', standings: ['review', 'conflict'], text: ' tax ' } as const;
  const limit = limitText(filter, 'shop');
  expect(limit).toBe('shop · acme · for review, conflict · " tax "');
  expect(viewDescription(DEFAULT_CHOICES, limit)).toBe(limit);
  expect(viewDescription(DEFAULT_CHOICES, '')).toBe('');
  expect(viewDescription({ ...DEFAULT_CHOICES, groupBy: 'type' }, '')).toBe('by type');
});
