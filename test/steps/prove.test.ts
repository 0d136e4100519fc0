import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Batch, failing, type Simulated, simulate } from './simulated.js';

/** How failures say where they come from: by the file of the pick, by a test that names no file of it, or not at all. */
const NAMING = {
  file: (place: number) => failing(`f${place}`, `src/f${place}.txt`),
  test: (place: number) => failing(`behaves ${place}`, 'test/all.test.js'),
  nothing: () => failing('test'),
} as const;
type Naming = keyof typeof NAMING;

const naming = fc.constantFrom<Naming>('file', 'test', 'nothing');
const kind = fc.constantFrom<NonNullable<Batch['kind']>>('test', 'type-check', 'other');

const failuresOf =
  (bad: readonly number[], by: Naming): Batch['failures'] =>
  (picks) =>
    bad.filter((place) => picks.has(place)).map((place) => NAMING[by](place));

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_unused, place) => place);
const allBut = (count: number, out: readonly number[]): readonly number[] =>
  upTo(count).filter((place) => !out.includes(place));

const worst = new Map<string, number>();
const cost = (what: string, { extra }: Simulated): number => {
  worst.set(what, Math.max(worst.get(what) ?? 0, extra));
  return extra;
};
const tellWorst = (): void => {
  for (const [what, most] of worst) process.stdout.write(`${what}: at most ${most} runs beyond the tip\n`);
  worst.clear();
};

describe('one bad of eight', () => {
  const kinds = ['test', 'type-check', 'other'] as const;
  test.each(['file', 'test', 'nothing'] as const)(
    'costs four more runs at most when its failure names: %s',
    async (by) => {
      for (const one of kinds)
        for (const bad of upTo(8)) {
          const came = await simulate({ count: 8, failures: failuresOf([bad], by), kind: one });
          expect(came).toMatchObject({ culprits: [bad], kept: allBut(8, [bad]), flaky: [] });
          expect(came.rejected[0]?.together).toBeUndefined();
          expect(cost(`1 bad of 8, naming ${by}`, came)).toBeLessThanOrEqual(4);
        }
      tellWorst();
    },
  );

  const misleading: Batch['failures'] = (picks) => (picks.has(6) ? [failing('f3', 'src/f3.txt')] : []);
  test.each([
    ['its own file', (bad: number) => failuresOf([bad], 'file')],
    ['a test of all', (bad: number) => failuresOf([bad], 'test')],
    ['the file of another pick', () => misleading],
  ])('costs one more run when its test can be run alone, and its failure names %s', async (what, failures) => {
    for (const bad of what === 'the file of another pick' ? [6] : upTo(8)) {
      const came = await simulate({ count: 8, failures: failures(bad), takesFiles: true });
      expect(came).toMatchObject({ culprits: [bad], kept: allBut(8, [bad]), flaky: [] });
      expect(cost(`1 bad of 8, run alone, naming ${what}`, came)).toBeLessThanOrEqual(1);
      // Fifteen times on the tip, and once on each tree that is looked at.
      expect(came.alone).toBeLessThanOrEqual(15 + 4);
    }
    tellWorst();
  });

  test('that fails only among the other tests is found all the same', async () => {
    for (const bad of upTo(8)) {
      // The file that can be run alone is not the one whose name fails.
      const failures = (picks: ReadonlySet<number>) => (picks.has(bad) ? [failing(`f${bad}`, `not plain ${bad}`)] : []);
      const came = await simulate({ count: 8, failures, takesFiles: true });
      expect(came).toMatchObject({ culprits: [bad], kept: allBut(8, [bad]), alone: 0 });
    }
  });

  test('is not run alone again and again where that runs all tests, which proves no more than they do', async () => {
    for (const bad of upTo(8)) {
      const came = await simulate({ count: 8, failures: failuresOf([bad], 'file'), takesFiles: true, allAnyway: 9 });
      expect(came).toMatchObject({ culprits: [bad], kept: allBut(8, [bad]), flaky: [] });
      expect(came.alone).toBeLessThanOrEqual(2);
      expect(cost('1 bad of 8, all run anyway', came)).toBeLessThanOrEqual(4);
    }
  });

  // As Mocha says of a test that took too long: its stack holds no file of the project.
  const late = failing('takes too long');

  test('is found beside another whose failure names no file, and nobody else is blamed', async () => {
    for (const other of upTo(8))
      for (const bad of upTo(8).filter((place) => place !== other)) {
        const failures = (picks: ReadonlySet<number>) => [
          ...(picks.has(other) ? [failing('named', 'test/named.test.js')] : []),
          ...(picks.has(bad) ? [late] : []),
        ];
        const came = await simulate({ count: 8, failures, takesFiles: true });
        expect(new Set(came.culprits)).toEqual(new Set([bad, other]));
      }
  });

  test('is not seen where what names no file failed but once, beside a test that passes alone', async () => {
    let runs = 0;
    const failures = () => {
      runs += 1;
      return runs === 1 ? [failing('named', 'test/named.test.js'), late] : [];
    };
    expect(await simulate({ count: 1, failures, takesFiles: true })).toMatchObject({ culprits: [], kept: [0] });
  });

  test('costs one more where a failure names the file of another pick', async () => {
    for (const bad of upTo(8)) {
      const misleading = failing('f3', 'src/f3.txt');
      const came = await simulate({ count: 8, failures: (picks) => (picks.has(bad) ? [misleading] : []) });
      expect(came).toMatchObject({ culprits: [bad], kept: allBut(8, [bad]) });
      expect(cost('1 bad of 8, naming another file', came)).toBeLessThanOrEqual(5);
    }
    tellWorst();
  });

  test('is told within four runs in every shorter batch too', async () => {
    for (const count of [1, 2, 3, 4, 5, 6, 7])
      for (const bad of upTo(count)) {
        const came = await simulate({ count, failures: failuresOf([bad], 'nothing') });
        expect(came).toMatchObject({ culprits: [bad], kept: allBut(count, [bad]) });
        expect(came.extra).toBeLessThanOrEqual(4);
      }
  });
});

describe('what else may be bad', () => {
  test('two of sixteen are found, whichever they are', async () => {
    const most = { file: 8, test: 16, nothing: 16 };
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(15), { minLength: 2, maxLength: 2 }),
        naming,
        kind,
        async (bad, by, one) => {
          const came = await simulate({ count: 16, failures: failuresOf(bad, by), kind: one });
          expect([...came.culprits].sort((a, b) => a - b)).toEqual([...bad].sort((a, b) => a - b));
          expect(came).toMatchObject({ kept: allBut(16, bad), flaky: [] });
          expect(cost(`2 bad of 16, naming ${by}`, came)).toBeLessThanOrEqual(most[by]);
        },
      ),
      { numRuns: 400 },
    );
    tellWorst();
  });

  test('of a pair the later one is rejected, and the other is named where it was looked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 2 }),
        naming,
        kind,
        fc.boolean(),
        async (pair, by, one, takesFiles) => {
          const [first, second] = [Math.min(...pair), Math.max(...pair)];
          const failures: Batch['failures'] = (picks) =>
            picks.has(first) && picks.has(second) ? [NAMING[by](second)] : [];
          const came = await simulate({ count: 8, failures, kind: one, takesFiles });
          expect(came).toMatchObject({ culprits: [second], kept: allBut(8, [second]), flaky: [] });
          expect([undefined, String(first)]).toContain(came.rejected[0]?.together);
          if (by === 'file') expect(came.rejected[0]?.together).toBe(String(first));
          expect(cost(`a pair of 8, naming ${by}`, came)).toBeLessThanOrEqual(11);
        },
      ),
      { numRuns: 300 },
    );
    tellWorst();
  });

  test('what depends on a bad one goes with it, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.nat(), fc.nat(), naming, fc.boolean(), async (...all) => {
        const [count, one, other, by, takesFiles] = all;
        const bad = one % (count - 1);
        const child = bad + 1 + (other % (count - 1 - bad));
        const needs = new Map([[child, bad]]);
        const came = await simulate({ count, failures: failuresOf([bad], by), needs, takesFiles });
        expect(came).toMatchObject({ culprits: [bad], kept: allBut(count, [bad, child]) });
        expect(came.rejected.find(({ because }) => because !== null)?.sha).toBe(String(child));
      }),
      { numRuns: 200 },
    );
  });

  test('a random batch is right whatever is bad in it, by either strategy', async () => {
    const strategy = fc.constantFrom<NonNullable<Batch['strategy']>>('split', 'each');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(19)),
        naming,
        kind,
        strategy,
        fc.boolean(),
        async (...all) => {
          const [count, places, by, one, how, takesFiles] = all;
          const bad = [...new Set(places)].filter((place) => place < count);
          const came = await simulate({ count, failures: failuresOf(bad, by), kind: one, strategy: how, takesFiles });
          expect([...came.culprits].sort((a, b) => a - b)).toEqual([...bad].sort((a, b) => a - b));
          expect(came.kept).toEqual(allBut(count, bad));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('picks that break different checks of the same run are each found', async () => {
    // The failures of one pick hide those of another until it is gone, as a failing type-check hides the tests.
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.nat(7), async (loud, quiet) => {
        const failures: Batch['failures'] = (picks) => {
          if (picks.has(loud)) return [failing('loud', 'a')];
          return picks.has(quiet) ? [failing('quiet', 'b')] : [];
        };
        const came = await simulate({ count: 8, failures });
        expect(new Set(came.culprits)).toEqual(new Set([loud, quiet]));
      }),
    );
  });
});

describe('a test that fails one time in two', () => {
  const clock = failing('clock', 'test/clock.test.js');
  const SEEDS = 1_000;

  const rejectedOf = async (make: (seed: number) => Batch): Promise<number> => {
    let rejected = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const came = await simulate({ seed: seed * 7_919, ...make(seed) });
      if (came.culprits.length > 0) rejected += 1;
      else if (came.extra > 0) expect(came.flaky).toContain('clock (test)');
    }
    return rejected / SEEDS;
  };
  const flips: Batch['failures'] = (_picks, random) => (random() < 0.5 ? [clock] : []);

  const QUICK = {
    'whose check is quick': { milliseconds: 50 },
    'that can be run alone': { takesFiles: true },
  } as const;
  const ways = Object.entries(QUICK).flatMap(([what, how]) => [1, 2, 4, 8].map((count) => ({ what, how, count })));

  test.each(ways)('$what is never taken for the fault of one of $count picks', async ({ how, count }) => {
    expect(await rejectedOf(() => ({ ...how, count, failures: flips }))).toBe(0);
    expect(await rejectedOf(() => ({ ...how, count, failures: flips, flaky: ['clock (test)'] }))).toBe(0);
  });

  test.each([
    [1, 0.08],
    [2, 0.2],
    [4, 0.3],
    [8, 0.4],
  ])('of hours that cannot be run alone is seldom blamed on one of %i picks', async (count, most) => {
    const share = await rejectedOf(() => ({ count, failures: flips }));
    process.stdout.write(`an unknown flip of hours, ${count} picks: ${(100 * share).toFixed(1)}% blamed\n`);
    expect(share).toBeLessThan(most);
  });

  test.each([1, 8])('of hours is hardly ever blamed on one of %i picks once it was seen to flip', async (count) => {
    const share = await rejectedOf(() => ({ count, failures: flips, flaky: ['clock (test)'] }));
    process.stdout.write(`a known flip of hours, ${count} picks: ${(100 * share).toFixed(1)}% blamed\n`);
    expect(share).toBeLessThan(0.06);
  });

  test.each(upTo(12).map((place) => place + 1))(
    'that fails in every second run is never blamed on %i picks',
    async (count) => {
      for (const start of [0, 1]) {
        let turn = start;
        const failures: Batch['failures'] = () => {
          turn += 1;
          return turn % 2 === 0 ? [clock] : [];
        };
        const came = await simulate({ count, failures });
        expect(came.culprits).toEqual([]);
        if (start === 1) expect(came.flaky).toEqual(['clock (test)']);
      }
    },
  );

  test.each([['that cannot be run alone', {}], ...Object.entries(QUICK)])(
    '%s hides no bad pick, and is known, so that it is not blamed for it',
    async (_what, how) => {
      for (let seed = 1; seed <= 300; seed += 1) {
        const bad = seed % 8;
        const failures: Batch['failures'] = (picks, random) => [
          ...(picks.has(bad) ? [failing(`f${bad}`, `src/f${bad}.txt`)] : []),
          ...(random() < 0.5 ? [clock] : []),
        ];
        const came = await simulate({ ...how, count: 8, failures, seed: seed * 7_919, flaky: ['clock (test)'] });
        expect(came.culprits).toContain(bad);
      }
    },
  );
});
