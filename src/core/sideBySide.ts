/** Tasks to run side by side, as if they ran one after the other. */
export interface SideBySide<Task, Result> {
  readonly tasks: readonly Task[];
  /** How many may run at once; at least one does. */
  readonly atOnce: number;
  /** Starts one; it must end soon after its signal is raised, and may reject then. */
  readonly start: (task: Task, signal: AbortSignal) => Promise<Result>;
  /** True for a result after which nothing else is worth knowing. */
  readonly decisive: (result: Result) => boolean;
  readonly signal: AbortSignal;
}

/** Where a round of tasks is: each slot belongs to the task at its place. */
interface Round<Result> {
  readonly stops: readonly AbortController[];
  readonly results: Map<number, Result>;
  next: number;
  /** No task from this place on counts. */
  end: number;
  failure: { readonly error: unknown } | null;
}

function stopFrom(round: Round<unknown>, place: number): void {
  round.end = Math.min(round.end, place);
  for (const stop of round.stops.slice(place)) stop.abort();
}

async function runOne<Task, Result>(work: SideBySide<Task, Result>, round: Round<Result>, place: number, task: Task) {
  const stop = round.stops[place]?.signal ?? work.signal;
  try {
    const result = await work.start(task, AbortSignal.any([work.signal, stop]));
    round.results.set(place, result);
    if (work.decisive(result)) stopFrom(round, place + 1);
  } catch (error) {
    if (stop.aborted && !work.signal.aborted) return; // stopped by us: it says nothing
    round.failure ??= { error };
    stopFrom(round, 0);
  }
}

/**
 * Runs tasks side by side and answers what running them in order would: every result up to the first decisive one. Such
 * a result stops the tasks after it, never those before it, so that the answer does not depend on who was faster. When
 * one fails, all are stopped and its error is thrown; nothing is left running in either case.
 */
export async function sideBySide<Task, Result>(work: SideBySide<Task, Result>): Promise<readonly Result[]> {
  const { tasks } = work;
  const stops = tasks.map(() => new AbortController());
  const round: Round<Result> = { stops, results: new Map(), next: 0, end: tasks.length, failure: null };
  const lane = async (): Promise<void> => {
    while (round.next < round.end) {
      const place = round.next;
      round.next += 1;
      const task = tasks[place];
      if (task !== undefined) await runOne(work, round, place, task);
    }
  };
  const lanes = Math.max(1, Math.min(Math.floor(work.atOnce), tasks.length));
  await Promise.all(Array.from({ length: lanes }, lane));
  if (round.failure !== null) throw round.failure.error;
  return [...round.results]
    .filter(([place]) => place < round.end)
    .sort(([one], [other]) => one - other)
    .map(([, result]) => result);
}
