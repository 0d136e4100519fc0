import type { Check, CheckOutcome } from '../../src/core/check.js';
import type { Commit, Sha } from '../../src/core/commit.js';
import type { PickChain, PickRequest, PickResult } from '../../src/core/gitPort.js';
import { baselineOf, type Validated } from '../../src/core/proof.js';
import type { Failure } from '../../src/core/standing.js';
import type { Bench } from '../../src/pipeline/validate.js';
import { validateChain } from '../../src/steps/prove.js';

/** What a batch of picks does, by their places. */
export interface Batch {
  readonly count: number;
  /** True when the tree of these picks fails, and which failures it shows. */
  readonly failures: (picks: ReadonlySet<number>, random: () => number) => readonly Failure[];
  /** The pick that another one cannot be picked without. */
  readonly needs?: ReadonlyMap<number, number>;
  readonly kind?: Check['kind'];
  readonly seed?: number;
  readonly flaky?: readonly string[];
  readonly strategy?: Bench['strategy'];
  /** How long a run of the check takes; default: so long that every run counts. */
  readonly milliseconds?: number;
  /** True: the tests of one file can be run alone, in a millisecond. Default: false. */
  readonly takesFiles?: boolean;
  /** Tests in the whole check; a run of some files runs all of them nonetheless. Default: nobody counts, and it does not. */
  readonly allAnyway?: number;
}

/** What validating it came to. */
export interface Simulated extends Validated {
  readonly kept: readonly number[];
  readonly culprits: readonly number[];
  /** Runs of the whole check, beyond the one that a sound chain needs. */
  readonly extra: number;
  /** Runs of the tests of some files alone. */
  readonly alone: number;
}

/** A check that reads a tree which is nothing but the places of its picks. */
const treeOf = (places: readonly number[]): Sha => places.join('+');
const placesIn = (tree: Sha): ReadonlySet<number> => new Set(tree.split('+').filter(Boolean).map(Number));

/** Random numbers that a seed determines (a linear congruential generator, constants of Numerical Recipes). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const HOURS = 10_000_000;

function outcomeOf(check: Check, failures: readonly Failure[], milliseconds = HOURS): CheckOutcome {
  const [status, exit] = failures.length > 0 ? (['failed', 1] as const) : (['passed', 0] as const);
  const same = { tests: null, milliseconds, output: '', cached: false };
  return { check: check.name, kind: check.kind, status, exit, failures, ...same };
}

function chainOf(requests: readonly PickRequest[], needs: ReadonlyMap<number, number>): PickChain {
  const places: number[] = [];
  const results = requests.map(({ commit: { sha } }): PickResult => {
    const place = Number(sha);
    const needed = needs.get(place);
    if (needed !== undefined && !places.includes(needed)) return { kind: 'conflict', sha, paths: [`f${place}`] };
    places.push(place);
    const tree = treeOf(places);
    return { kind: 'picked', sha, pick: tree, tree, paths: [`src/f${place}.txt`] };
  });
  return { base: '', tip: treeOf(places), tree: treeOf(places), results };
}

/** Validates a batch with a checker that is a function: no process, no git, no disk. */
export async function simulate(batch: Batch): Promise<Simulated> {
  const plain: Check = { name: 'test', kind: batch.kind ?? 'test', run: 'x', reads: 'exit-code', because: 'x' };
  const check: Check = batch.takesFiles === true ? { ...plain, takesFiles: true } : plain;
  const random = randomFrom(batch.seed ?? 1);
  const known = new Map<string, CheckOutcome>();
  const needs = batch.needs ?? new Map();
  let [runs, alone] = [0, 0];
  const counted = (outcome: CheckOutcome): CheckOutcome => {
    const { allAnyway: all } = batch;
    const failed = outcome.failures.length;
    return all === undefined ? outcome : { ...outcome, tests: { passed: all - failed, failed } };
  };
  const tools = {
    git: {
      chain: async (_base: Sha, requests: readonly PickRequest[]) => chainOf(requests, needs),
      checkout: async (commit: Sha) => commit,
      worktreeChanges: async () => [],
    },
    checks: {
      detect: async () => ({ checks: [check], install: null, notes: [] }),
      install: async () => ({ ran: false, milliseconds: 0 }),
      run: async (tree: string, { run }: Check) => {
        const failures = batch.failures(placesIn(tree), random);
        if (run === check.run) {
          runs += 1;
          return counted(outcomeOf(check, failures, batch.milliseconds));
        }
        alone += 1;
        if (batch.allAnyway !== undefined) return counted(outcomeOf(check, failures, batch.milliseconds));
        const mine = failures.filter(({ file }) => file !== null && run.split(' ').includes(file));
        return { ...outcomeOf(check, mine, 1), tests: { passed: 1, failed: mine.length } };
      },
      runtime: () => 'simulated',
      isAsInstalled: async () => true,
      atOnce: 1,
    },
    store: {
      check: (key: string) => known.get(key) ?? null,
      flaky: () => batch.flaky ?? [],
      record: async (facts: readonly { readonly kind: string; key?: string; outcome?: CheckOutcome }[]) => {
        for (const { key, outcome } of facts) if (key !== undefined && outcome !== undefined) known.set(key, outcome);
      },
    },
    clock: () => 0,
    progress: () => undefined,
  };
  const toolchain = { checks: [check], install: null, notes: [] };
  // The parts of the ports that validation does not use are left out.
  const bench = {
    tools,
    baseline: baselineOf(toolchain, [outcomeOf(check, [])]),
    strategy: batch.strategy ?? 'split',
    sibling: 'acme',
    signal: new AbortController().signal,
  } as unknown as Bench;
  const requests = Array.from({ length: batch.count }, (_unused, place) => ({
    commit: { sha: String(place) } as Commit,
    message: '',
  }));
  const proof = await validateChain(bench, chainOf(requests, needs), requests);
  const kept = proof.chain.results.flatMap((one) => (one.kind === 'picked' ? [Number(one.sha)] : []));
  const culprits = proof.rejected.filter(({ because }) => because === null).map(({ sha }) => Number(sha));
  return { ...proof, kept, culprits, extra: runs - 1, alone };
}

/** A failure of a test, or of a whole check that names no test. */
export const failing = (name: string, file: string | null = null): Failure => ({
  check: 'test',
  name,
  file,
  message: 'failed',
});
