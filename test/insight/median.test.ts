import { expect, it } from 'vitest';
import { largest, median } from '../../src/insight/median.js';

it('takes the one in the middle, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5);
});

it('takes the mean of the two in the middle of an even count', () => {
  expect(median([10, 2, 4, 1])).toBe(3);
});

it('has no middle and no largest of nothing', () => {
  expect([median([]), largest([])]).toEqual([null, null]);
});

it('finds the largest of more numbers than a call can take as arguments', () => {
  const many = Array.from({ length: 300_000 }, (_unused, index) => index);
  expect(largest(many)).toBe(299_999);
});
