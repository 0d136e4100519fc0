import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from './engine.js';
import type { FromEngine, ThreadOptions } from './thread/messages.js';
import { serveCalls } from './thread/serve.js';

/** Most progress steps that are worth telling: one every so many milliseconds. How checks end is always told. */
const TELL_EVERY = 100;

if (parentPort !== null) {
  const port = parentPort;
  let told = { at: 0, phase: '', sibling: '' };
  const engine = createEngine({
    ...(workerData as ThreadOptions),
    command: 'AutoSync in an editor',
    progress: (step) => {
      const now = { at: Date.now(), phase: step.phase, sibling: step.sibling ?? '' };
      const isNew = now.phase !== told.phase || now.sibling !== told.sibling;
      if (!isNew && step.check === undefined && now.at - told.at < TELL_EVERY) return;
      told = now;
      port.postMessage({ kind: 'progress', step } satisfies FromEngine);
    },
  });
  serveCalls(port, { ...engine });
}
