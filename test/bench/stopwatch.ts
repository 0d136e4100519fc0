/** A way to do something, which answers how many milliseconds the part that counts took. */
export type Timed = () => Promise<number> | number;

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Milliseconds that some work took. */
export async function timeOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Medians of one thing held against another. */
export interface Paired {
  /** Milliseconds. */
  readonly ours: number;
  /** Milliseconds. */
  readonly theirs: number;
  /** Median of ours / theirs, each pair taken within one round. */
  readonly ratio: number;
}

/** Times two ways in turns, so that what else the machine does falls on both; the order changes with every round. */
export async function pairedOf(rounds: number, ours: Timed, theirs: Timed): Promise<Paired> {
  const taken: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await ours();
      taken.push({ ours: first, theirs: await theirs() });
    } else {
      const first = await theirs();
      taken.push({ theirs: first, ours: await ours() });
    }
  }
  return {
    ours: median(taken.map((one) => one.ours)),
    theirs: median(taken.map((one) => one.theirs)),
    ratio: median(taken.map((one) => one.ours / one.theirs)),
  };
}

/** `12 ms : 34 ms`, ours first. */
export function sides({ ours, theirs }: Paired): string {
  const round = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  return `${round(ours)} ms : ${round(theirs)} ms`;
}
