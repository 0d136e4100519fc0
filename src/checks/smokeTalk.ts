import { setTimeout as sleep } from 'node:timers/promises';
import type { SmokePlan } from '../core/smoke.js';
import { ask, type SmokeAnswer } from './smokeAnswer.js';
import { listenerOn } from './smokePort.js';

/** Time between two looks whether the app listens, in milliseconds. */
const LOOK_EVERY = 50;

/** How long an app that answered all is watched for a crash that its last answer set off, in milliseconds. */
const SETTLE = 200;

/** How long an app that closed a connection may take until its process is gone, in milliseconds. */
const FALL = 5000;

/** What became of an app that was started and asked. */
export type SmokeTalk =
  | { readonly kind: 'ended-early' }
  | { readonly kind: 'never-listened' }
  | { readonly kind: 'asked'; readonly answers: readonly SmokeAnswer[]; readonly diedAt: string | null };

/** Waits until an app listens and asks it for its paths, one after the other; stops as soon as `over` says that it ended. */
export async function talk(plan: SmokePlan, port: number, over: AbortSignal): Promise<SmokeTalk> {
  const host = await readyOn(port, plan.timeout * 1000, over);
  if (over.aborted) return { kind: 'ended-early' };
  if (host === null) return { kind: 'never-listened' };
  const answers: SmokeAnswer[] = [];
  for (const path of plan.paths) {
    const answer = await ask({ host, port, path, limitMilliseconds: plan.timeout * 1000 }, over);
    if (answer.came === 'closed') await pause(FALL, over);
    if (over.aborted) return { kind: 'asked', answers, diedAt: path };
    answers.push(answer);
  }
  await pause(SETTLE, over);
  return { kind: 'asked', answers, diedAt: over.aborted ? (plan.paths.at(-1) ?? null) : null };
}

async function readyOn(port: number, limit: number, over: AbortSignal): Promise<string | null> {
  const until = performance.now() + limit;
  while (!over.aborted && performance.now() < until) {
    const host = await listenerOn(port);
    if (host !== null) return host;
    await pause(LOOK_EVERY, over);
  }
  return null;
}

/** Waits, at most until the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
