import { realpath } from 'node:fs/promises';
import type { CheckOutcome } from '../core/check.js';
import { AutoSyncError } from '../core/errors.js';
import type { SmokePlan } from '../core/smoke.js';
import type { OwnFolders } from './environment.js';
import { type ProcessEnd, type ProcessRequest, runProcess } from './process.js';
import { type RunOptions, requestOf } from './run.js';
import { withScratch } from './scratch.js';
import type { SmokeCheck } from './smokeChecks.js';
import { type SmokeRun, smokeOutcome } from './smokeOutcome.js';
import { freePort, listenerOn } from './smokePort.js';
import { type SmokeTalk, talk } from './smokeTalk.js';

/**
 * Starts an app on a free port in a process group of its own, asks it, and stops the whole group. Whatever is wrong
 * with the app is an outcome; throws only `cancelled`.
 */
export async function runSmoke(
  folder: string,
  check: SmokeCheck,
  options: RunOptions,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const port = await freePort();
  const run = await withScratch(options.cacheFolder, async (own): Promise<SmokeRun> => {
    const request = await requestOf(folder, check, options, own);
    const environment = { ...request.environment, [check.smoke.portVariable]: String(port) };
    const said = await startAndAsk({ ...request, environment }, check.smoke, port, signal);
    return { ...said, port, stillListens: (await listenerOn(port)) !== null, places: await placesOf(folder, own) };
  });
  if (signal.aborted) throw new AutoSyncError({ code: 'cancelled' });
  return smokeOutcome(check, run);
}

async function startAndAsk(
  request: ProcessRequest,
  plan: SmokePlan,
  port: number,
  signal: AbortSignal,
): Promise<{ readonly talk: SmokeTalk; readonly end: ProcessEnd }> {
  const stop = new AbortController();
  const over = new AbortController();
  const running = runProcess(request, AbortSignal.any([signal, stop.signal])).finally(() => over.abort());
  try {
    const said = await talk(plan, port, AbortSignal.any([signal, over.signal]));
    return { talk: said, end: await stopped() };
  } finally {
    await stopped();
  }

  function stopped(): Promise<ProcessEnd> {
    stop.abort();
    return running;
  }
}

/** Tools print the folder as they were given it or with its links resolved. */
async function placesOf(folder: string, { home, temporary }: OwnFolders): Promise<SmokeRun['places']> {
  const real = await realpath(folder).catch(() => folder);
  return { folders: [...new Set([real, folder])], scratch: [home, temporary] };
}
