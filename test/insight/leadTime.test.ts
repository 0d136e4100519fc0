import { describe, expect, it } from 'vitest';
import type { LandingState, StoredCommit } from '../../src/core/facts.js';
import { leadTimeOf } from '../../src/insight/leadTime.js';
import { storedCommit, storedLanding } from '../support/stored.js';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)];

const landedRow = (sibling: string, sha: string, date: string): StoredCommit =>
  storedCommit(sibling, { sha, date, standing: 'landed' });

const landing = (sibling: string, origin: string, at: string, more: Partial<LandingState> = {}): LandingState =>
  storedLanding(sibling, { at, picks: [{ origin, pick: '9'.repeat(40) }], ...more });

const HALF_PAST = '2026-01-01T00:30:00.000Z';

describe('the lead time', () => {
  it('is from written on the sibling to landed here', () => {
    const rows = [landedRow('acme', one, '2026-01-01T00:00:00Z'), landedRow('acme', two, '2026-01-01T00:00:00Z')];
    const landings = [
      landing('acme', one, '2026-01-01T02:00:00.000Z'),
      landing('acme', two, '2026-01-01T06:00:00.000Z'),
    ];
    expect(leadTimeOf(rows, landings)).toEqual({ landed: 2, medianHours: 4, slowestHours: 6 });
  });

  it('reads dates with an offset', () => {
    const rows = [landedRow('acme', one, '2026-01-01T02:00:00+02:00')];
    expect(leadTimeOf(rows, [landing('acme', one, HALF_PAST)]).medianHours).toBe(0.5);
  });

  it('is never negative, whatever a clock says', () => {
    const rows = [landedRow('acme', one, '2030-01-01T00:00:00Z')];
    expect(leadTimeOf(rows, [landing('acme', one, HALF_PAST)])).toEqual({ landed: 1, medianHours: 0, slowestHours: 0 });
  });

  it('passes over a date that is none', () => {
    expect(leadTimeOf([landedRow('acme', one, 'yesterday')], [landing('acme', one, HALF_PAST)]).landed).toBe(0);
  });

  it.each([
    ['was taken back', { phase: 'undone' }],
    ['never happened', { phase: 'abandoned' }],
    ['is under way', { phase: 'planned' }],
    ['only pushed a branch for review', { how: 'review' }],
    ['is an undo', { how: 'undo' }],
  ] as const)('leaves out a landing that %s', (_words, more) => {
    const rows = [landedRow('acme', one, '2026-01-01T00:00:00Z')];
    expect(leadTimeOf(rows, [landing('acme', one, HALF_PAST, more)]).landed).toBe(0);
  });

  it('leaves out a commit that the target lost again', () => {
    const row = storedCommit('acme', { sha: one, standing: 'declined' });
    expect(leadTimeOf([row], [landing('acme', one, HALF_PAST)]).landed).toBe(0);
  });

  it('counts from the first of two landings of one commit', () => {
    const rows = [landedRow('acme', one, '2026-01-01T00:00:00Z')];
    const landings = [landing('acme', one, '2026-01-05T00:00:00.000Z'), landing('acme', one, HALF_PAST)];
    expect(leadTimeOf(rows, landings)).toEqual({ landed: 1, medianHours: 0.5, slowestHours: 0.5 });
  });

  it('keeps two siblings with the same commit apart', () => {
    const rows = [
      landedRow('acme', one, '2026-01-01T00:00:00Z'),
      storedCommit('globex', { sha: one, date: '2025-01-01T00:00:00Z', standing: 'present' }),
    ];
    expect(leadTimeOf(rows, [landing('acme', one, HALF_PAST)])).toMatchObject({ landed: 1, slowestHours: 0.5 });
    expect(leadTimeOf(rows, [landing('globex', one, HALF_PAST)]).landed).toBe(0);
  });
});
