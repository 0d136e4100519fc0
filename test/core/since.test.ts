import { describe, expect, it } from 'vitest';
import { sinceWords, standingSince, standingsSince } from '../../src/core/since.js';
import { STANDINGS } from '../../src/core/standing.js';
import { storedCommit } from '../support/stored.js';

const [THEN, NOW] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
const rowOf = (more: Parameters<typeof storedCommit>[1]) => storedCommit('acme', more).commit;

describe('the moment since when a commit stands where it does', () => {
  it('is now for a commit that was not known, and for one that stood elsewhere', () => {
    const row = rowOf({ standing: 'review' });
    expect(standingSince(row, undefined, NOW).since).toBe(NOW);
    expect(standingSince(row, rowOf({ standing: 'candidate', since: THEN }), NOW).since).toBe(NOW);
  });

  it('stays as long as the standing stays, whatever else changes', () => {
    const before = rowOf({ standing: 'review', reason: 'one', since: THEN });
    expect(standingSince(rowOf({ standing: 'review', reason: 'two' }), before, NOW)).toMatchObject({
      reason: 'two',
      since: THEN,
    });
  });

  it('stays unknown where it was not kept, and is known again with the next standing', () => {
    const before = rowOf({ standing: 'review' });
    expect(standingSince(rowOf({ standing: 'review' }), before, NOW)).not.toHaveProperty('since');
    expect(standingSince(rowOf({ standing: 'landed' }), before, NOW).since).toBe(NOW);
  });

  it('is not carried over from a row that was changed into another standing', () => {
    const before = rowOf({ standing: 'conflict', since: THEN });
    expect(standingSince({ ...before, standing: 'declined' }, before, NOW).since).toBe(NOW);
  });

  it('is found by commit, not by place', () => {
    const [one, two] = ['1'.repeat(40), '2'.repeat(40)];
    const stored = [rowOf({ sha: one, since: THEN }), rowOf({ sha: two, standing: 'conflict', since: THEN })];
    const rows = standingsSince([rowOf({ sha: two }), rowOf({ sha: one })], stored, NOW);
    expect(rows.map(({ since }) => since)).toEqual([NOW, THEN]);
  });

  it('has words for every standing', () => {
    expect(sinceWords('review')).toBe('In review since');
    expect(new Set(STANDINGS.map(sinceWords)).size).toBe(STANDINGS.length);
  });
});
