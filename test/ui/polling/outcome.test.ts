import { describe, expect, it } from 'vitest';
import type { SiblingReport } from '../../../src/core/enhancement.js';
import { AutoSyncError, type ProblemCode } from '../../../src/core/errors.js';
import { outcomeOf, outcomeOfError } from '../../../src/ui/polling/outcome.js';
import { wishOf } from '../../../src/ui/polling/wish.js';
import { NOW, overview } from '../bar/windows.js';

const report = (name: string, errorCode?: ProblemCode): SiblingReport => ({
  name,
  branch: null,
  tip: null,
  error: errorCode === undefined ? null : 'it failed',
  ...(errorCode === undefined ? {} : { errorCode }),
  notes: [],
  unchanged: false,
  commits: [],
});

const SIBLINGS = [
  { name: 'far', folder: null },
  { name: 'farther', folder: null },
  { name: 'near', folder: '/family/near' },
];

describe('a run', () => {
  it('was offline when every address was out of reach, whatever the folders said', () => {
    const siblings = [report('far', 'sibling-unreachable'), report('farther', 'sibling-unreachable'), report('near')];
    expect(outcomeOf({ siblings }, SIBLINGS)).toBe('offline');
  });

  it('was not offline when one address answered, even by a refusal', () => {
    const siblings = [report('far', 'sibling-unreachable'), report('farther', 'sibling-refused'), report('near')];
    expect(outcomeOf({ siblings }, SIBLINGS)).toBe('done');
  });

  it('was not offline when a folder is gone and there are no addresses', () => {
    expect(outcomeOf({ siblings: [report('near', 'sibling-unreachable')] }, SIBLINGS)).toBe('done');
  });

  it('did not fail when another run held the lock, or a person cancelled', () => {
    expect(outcomeOfError(new AutoSyncError({ code: 'locked', holder: 'autosync sync, pid 7' }))).toBe('busy');
    expect(outcomeOfError(new AutoSyncError({ code: 'cancelled' }))).toBe('done');
    expect(outcomeOfError(new Error('a defect'))).toBe('failed');
  });
});

describe('a target is polled', () => {
  const facts = { trusted: true, mode: 'scan', paused: false } as const;

  it('at the pace of its configuration, counted from the last look', () => {
    expect(wishOf({ overview: overview() }, facts)).toEqual({
      kind: 'poll',
      mode: 'scan',
      pace: { every: 3_600_000, checkedAt: NOW - 60_000 },
    });
  });

  it('neither untrusted, paused, switched off, unread, nor without siblings', () => {
    const target = { overview: overview() };
    const wishes = [
      wishOf(target, { ...facts, trusted: false }),
      wishOf(target, { ...facts, paused: true }),
      wishOf(target, { ...facts, mode: 'off' }),
      wishOf({ overview: null }, facts),
      wishOf({ overview: overview({ siblings: [] }) }, facts),
    ];
    expect(wishes.map(({ kind }) => kind)).toEqual(Array(5).fill('rest'));
  });
});
