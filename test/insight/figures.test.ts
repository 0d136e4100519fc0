import { describe, expect, it } from 'vitest';
import { isKpis } from '../../src/core/kpi.js';
import type { Standing } from '../../src/core/standing.js';
import { STANDINGS } from '../../src/core/standing.js';
import { type FigureInput, figuresFrom } from '../../src/insight/figures.js';
import { storedCommit, storedSibling } from '../support/stored.js';

const NOTHING: FigureInput = { names: [], siblings: [], rows: [], runs: [], landings: [], checkedAt: null };

const row = (sibling: string, standing: Standing, since = '2026-01-01T00:00:00Z') =>
  storedCommit(sibling, { standing, since });

const landedBy = (how: 'auto-merge' | 'apply' | 'person') =>
  storedCommit('acme', {
    standing: 'landed',
    evidence: { kind: 'landed', pick: '1'.repeat(40), tree: '2'.repeat(40), how },
  });

describe('figures', () => {
  it('of nothing are zeros and nulls', () => {
    const figures = figuresFrom(NOTHING);
    expect(figures).toMatchObject({
      siblings: [],
      standings: { review: 0, filtered: 0 },
      leadTime: { landed: 0, medianHours: null },
      autoMerge: { part: 0, whole: 0, rate: null },
      rejection: { rate: null },
      checkedAt: null,
    });
    expect(isKpis(figures)).toBe(true);
  });

  it('count every standing of a sibling, and sum over siblings', () => {
    const rows = ['acme', 'globex'].flatMap((sibling) => STANDINGS.map((standing) => row(sibling, standing)));
    const { siblings, standings } = figuresFrom({ ...NOTHING, names: ['acme', 'globex'], rows });
    expect(siblings).toMatchObject([
      { name: 'acme', open: 5, waiting: 2, counts: { review: 1, landed: 1 } },
      { name: 'globex', open: 5, waiting: 2 },
    ]);
    expect(Object.values(standings)).toEqual(STANDINGS.map(() => 2));
  });

  it('leave out what the configuration no longer names, and show a sibling that was never seen', () => {
    const input = { ...NOTHING, names: ['new'], siblings: [storedSibling('old')], rows: [row('old', 'review')] };
    expect(figuresFrom(input)).toMatchObject({
      siblings: [{ name: 'new', open: 0, seenAt: null, error: null }],
      standings: { review: 0 },
    });
  });

  it('know since when something waits for a person, whatever waits for other reasons', () => {
    const rows = [
      row('acme', 'candidate', '2020-01-01T00:00:00Z'),
      row('acme', 'conflict', '2025-03-01T01:00:00+02:00'),
      row('acme', 'review', '2025-03-01T00:00:00Z'),
      row('acme', 'review', 'no date'),
    ];
    const [acme] = figuresFrom({ ...NOTHING, names: ['acme'], rows }).siblings;
    expect(acme).toMatchObject({ open: 4, waiting: 3, waitingSince: '2025-03-01T01:00:00+02:00' });
  });

  it('do not guess since when something waits whose moment was not kept', () => {
    const rows = [row('acme', 'review'), storedCommit('acme', { standing: 'conflict' })];
    const [acme] = figuresFrom({ ...NOTHING, names: ['acme'], rows }).siblings;
    expect(acme).toMatchObject({ waiting: 2, waitingSince: null });
  });

  it('share out what landed by who landed it', () => {
    const rows = [landedBy('auto-merge'), landedBy('apply'), landedBy('person'), landedBy('auto-merge')];
    expect(figuresFrom({ ...NOTHING, names: ['acme'], rows }).autoMerge).toEqual({ part: 2, whole: 4, rate: 0.5 });
  });

  it('share out what was validated, not what never got that far', () => {
    const rows = [
      storedCommit('acme', { standing: 'rejected', verdict: 'rejected' }),
      storedCommit('acme', { standing: 'review', verdict: 'review' }),
      storedCommit('acme', { standing: 'landed', verdict: 'auto-merge' }),
      storedCommit('acme', { standing: 'landed', verdict: 'auto-merge' }),
      storedCommit('acme', { standing: 'filtered' }),
    ];
    expect(figuresFrom({ ...NOTHING, names: ['acme'], rows }).rejection).toEqual({ part: 1, whole: 4, rate: 0.25 });
  });

  it('hand on what went wrong with a sibling as text that is safe to show', () => {
    const siblings = [storedSibling('acme', { error: 'no\u202e way\u001b[31m' })];
    expect(figuresFrom({ ...NOTHING, names: ['acme'], siblings }).siblings[0]?.error).toBe('no way');
  });

  it('were checked when the siblings were last asked, with or without news', () => {
    const siblings = [storedSibling('acme', { seenAt: '2026-01-03T00:00:00.000Z' })];
    expect(figuresFrom({ ...NOTHING, siblings, checkedAt: '2026-01-04T00:00:00.000Z' }).checkedAt).toMatch(/01-04/);
    expect(figuresFrom({ ...NOTHING, siblings }).checkedAt).toMatch(/01-03/);
  });
});
