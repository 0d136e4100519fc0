import { expect, it } from 'vitest';
import { STANDINGS } from '../../src/core/standing.js';
import { applicable, canApply, canDecline, canResolve } from '../../src/ui/possible.js';
import { incomingRow } from './commands/rows.js';

const standingsThat = (suits: (row: ReturnType<typeof incomingRow>) => boolean): readonly string[] =>
  STANDINGS.filter((standing) => suits(incomingRow({ standing })));

it('says from which standings a person may land a commit', () => {
  expect(standingsThat(canApply)).toEqual(['review', 'candidate', 'waiting', 'declined', 'filtered']);
});

it('says in which standings a no means something, and where there is a conflict to resolve', () => {
  expect(standingsThat((row) => !canDecline(row))).toEqual(['landed', 'present', 'declined']);
  expect(standingsThat(canResolve)).toEqual(['conflict']);
});

it('lets a person resolve again what was resolved, until it is settled', () => {
  const resolved = STANDINGS.filter((standing) => canResolve(incomingRow({ standing, resolved: true })));
  expect(resolved).toEqual(STANDINGS.filter((standing) => !['landed', 'present', 'declined'].includes(standing)));
  expect(applicable([incomingRow({ standing: 'rejected', resolved: true }), incomingRow()])).toHaveLength(1);
});

it('never offers to land what has no file left or holds a secret', () => {
  expect(canApply(incomingRow({ kept: 0 }))).toBe(false);
  expect(canApply(incomingRow({ standing: 'filtered', rule: 'secret' }))).toBe(false);
  expect(canApply(incomingRow({ standing: 'filtered', rule: 'type' }))).toBe(true);
});

it('lets a conflict go along with others, but not alone', () => {
  const conflict = incomingRow({ standing: 'conflict' });
  expect(applicable([conflict])).toEqual([]);
  expect(applicable([conflict, incomingRow()])).toHaveLength(2);
});
