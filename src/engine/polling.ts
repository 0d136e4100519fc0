import type { EditorEngine } from '../core/engine.js';
import { findRoot } from '../git/target.js';
import type { Lock } from '../store/lock.js';
import { takePolling } from '../store/poller.js';
import { clockOf, type EngineOptions } from './opened.js';

/** The right to poll, held from `startPolling` to `stopPolling` or to the end of the process. */
export function pollingOf(options: EngineOptions): Pick<EditorEngine, 'startPolling' | 'stopPolling'> {
  let taking: Promise<Lock | null> | null = null;
  const take = async (): Promise<Lock | null> =>
    takePolling(await findRoot(options.workspace), 'the editor', clockOf(options)());
  return {
    startPolling: async () => {
      taking = taking === null ? take() : taking.then((lock) => lock ?? take(), take);
      return (await taking) !== null;
    },
    stopPolling: async () => {
      // Who asks again meanwhile waits for the release, and is not refused because of itself.
      const left = taking?.catch(() => null).then((lock) => lock?.release()) ?? Promise.resolve();
      taking = left.then(
        () => null,
        () => null,
      );
      await left;
    },
  };
}
