import type { Targets } from './state/targets.js';

/** Milliseconds after activation in which a window settles; nothing of ours runs before, unless a person asks. */
export const IDLE_AFTER = 3_000;

/** Reads the targets when the window had time to settle, or at once when what is returned is called. */
export function wakeWhenIdle(targets: Targets): { wake(): void; dispose(): void } {
  const timer = setTimeout(() => targets.wake(), IDLE_AFTER);
  return {
    wake: () => {
      clearTimeout(timer);
      targets.wake();
    },
    dispose: () => clearTimeout(timer),
  };
}
