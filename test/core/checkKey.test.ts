import { expect, test } from 'vitest';
import { checkKey } from '../../src/core/checkKey.js';
import { smokePlan } from '../../src/core/smoke.js';

const check = { name: 'test', kind: 'test', run: 'npm test', reads: 'jest' } as const;
const parts = { tree: 'a'.repeat(40), check, installKey: 'b'.repeat(64), runtime: 'node v24 linux' };

test('a check key is the same for the same parts and different when any part differs', () => {
  const others = [
    { ...parts, tree: 'c'.repeat(40) },
    { ...parts, installKey: null },
    { ...parts, runtime: 'node v22 linux' },
    { ...parts, check: { ...check, name: 'unit' } },
    { ...parts, check: { ...check, run: 'npm run test' } },
    { ...parts, check: { ...check, reads: 'exit-code' as const } },
    { ...parts, check: { ...check, kind: 'other' as const } },
    { ...parts, check: { ...check, smoke: smokePlan({ name: 'web', start: 'npm test' }) } },
    { ...parts, check: { ...check, smoke: smokePlan({ name: 'web', start: 'npm test', expect: 200 }) } },
  ];
  expect(checkKey({ ...parts })).toBe(checkKey(parts));
  expect(new Set([parts, ...others].map(checkKey)).size).toBe(10);
});

test('a check key cannot be forged by moving text from one part to another', () => {
  const one = checkKey({ ...parts, check: { ...check, name: 'a" "b', run: 'c' } });
  const other = checkKey({ ...parts, check: { ...check, name: 'a', run: 'b" "c' } });
  expect(one).not.toBe(other);
});
