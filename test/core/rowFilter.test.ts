import { expect, it } from 'vitest';
import { isRowFilter } from '../../src/core/rowFilter.js';

it('takes any part, and none', () => {
  expect([{}, { sibling: 'acme', standings: ['review'], verdicts: ['rejected'], text: 'x' }].every(isRowFilter)).toBe(
    true,
  );
});

it.each([
  null,
  'acme',
  [],
  { sibling: 1 },
  { standings: ['gone'] },
  { standings: 'review' },
  { verdicts: ['maybe'] },
  { text: {} },
])('refuses %j', (value) => {
  expect(isRowFilter(value)).toBe(false);
});
