/** Runs jobs one after the other, in the order in which they were given. */
export interface Queue {
  /** Resolves or rejects as the job does; a failed job does not keep the next from running. */
  run<Result>(job: () => Promise<Result>): Promise<Result>;
}

/** An empty queue. */
export function makeQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (job) => {
      const result = last.then(job);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
