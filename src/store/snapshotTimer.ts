/** Calls back once it has been quiet for a while. */
export interface SnapshotTimer {
  /** Something happened: wait from now on. */
  touch(): void;
  stop(): void;
}

/** A timer that waits for `delay` milliseconds of quiet; it does not keep the process alive. */
export function makeSnapshotTimer(delay: number, onQuiet: () => void): SnapshotTimer {
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    touch: () => {
      stop();
      timer = setTimeout(onQuiet, delay).unref();
    },
    stop,
  };
}
