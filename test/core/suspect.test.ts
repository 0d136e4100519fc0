import { describe, expect, test } from 'vitest';
import type { CheckOutcome } from '../../src/core/check.js';
import { suspectOf } from '../../src/core/suspect.js';

const failed = (file: string | null, message: string, output = ''): CheckOutcome => ({
  check: 'test',
  kind: 'test',
  status: 'failed',
  exit: 1,
  failures: [{ check: 'test', name: 'a', file, message }],
  tests: null,
  milliseconds: 1,
  output,
  cached: false,
});
const picks = [{ paths: ['src/one.ts'] }, { paths: ['src/two.ts', 'README.md'] }, { paths: ['src/three.ts'] }];

describe('the pick that a failure points at', () => {
  test('is the one that changes a file the failure names', () => {
    expect(suspectOf(picks, [failed('src/two.ts', 'not assignable', 'src/one.ts')])).toBe(1);
    expect(suspectOf(picks, [failed(null, 'cannot read src/three.ts')])).toBe(2);
  });

  test('is else the one whose file is in the output, or goes with the test by its name', () => {
    expect(suspectOf(picks, [failed('test/sum.test.ts', 'no', 'at sum (src/three.ts:3:4)')])).toBe(2);
    expect(suspectOf(picks, [failed('test/two.test.ts', 'no')])).toBe(1);
  });

  test('is nobody when the failure names nothing of theirs', () => {
    expect(suspectOf(picks, [failed('test/sum.test.ts', 'no')])).toBeNull();
    expect(suspectOf([], [failed('src/two.ts', 'no')])).toBeNull();
    expect(suspectOf([{ paths: ['src/index.ts'] }], [failed('test/index.test.ts', 'no')])).toBeNull();
  });
});
