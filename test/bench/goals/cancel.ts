import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createChecks } from '../../../src/checks/checks.js';
import { workingIsolations } from '../../../src/checks/isolation.js';
import type { Isolation } from '../../../src/checks/sandbox.js';
import { DEFAULT_CONFIG } from '../../../src/core/config.js';
import { processesWith } from '../../support/processes.js';
import { freshPath } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { median } from '../stopwatch.js';

/** The check, its daemon, and what the daemon started. */
const PROCESSES = 3;

/** Milliseconds after which what still runs is said to be left. */
const PATIENCE = 20_000;

/** A check that ends at no request, with a daemon in a session of its own whose child is out of the check's reach too. */
function stubborn(mark: string): string {
  const loop = 'while :; do sleep 60; done';
  return `trap '' TERM INT HUP; nohup setsid sh -c "(: ${mark} child; ${loop}) & : ${mark} daemon; ${loop}" >/dev/null 2>&1 & : ${mark}; ${loop}`;
}

/** Waits until so many processes have the mark, or as many as `suits` says; answers how many there are. */
async function waitFor(mark: string, suits: (count: number) => boolean): Promise<number> {
  const until = performance.now() + PATIENCE;
  let count = processesWith(mark).length;
  while (!suits(count) && performance.now() < until) {
    await pause(5);
    count = processesWith(mark).length;
  }
  return count;
}

/** Milliseconds from the cancel until nothing of the check runs; null when something is left. */
async function cancelOnce(isolation: Isolation, round: number): Promise<number | null> {
  const [cacheFolder, folder] = [freshPath('cache'), freshPath('tree')];
  for (const made of [cacheFolder, folder]) mkdirSync(made, { recursive: true });
  const checks = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder, isolation });
  const mark = `bench-cancel-${process.pid}-${isolation.kind}-${round}`;
  const check = { name: 'stubborn', kind: 'other', reads: 'exit-code', because: 'the bench' } as const;
  const cancel = new AbortController();
  const ended = checks.run(folder, { ...check, run: stubborn(mark) }, cancel.signal).catch(() => undefined);
  await waitFor(mark, (count) => count >= PROCESSES);
  const started = performance.now();
  cancel.abort();
  const left = await waitFor(mark, (count) => count === 0);
  const took = performance.now() - started;
  await ended;
  return left === 0 ? took : null;
}

async function measure(isolation: Isolation, rounds: number): Promise<Measured> {
  const times: (number | null)[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await cancelOnce(isolation, round));
  const gone = times.filter((time) => time !== null);
  return {
    goal: '15',
    what: `cancel of a check that ends at no request, under ${isolation.kind}: until all that it started is gone`,
    value: median(gone),
    unit: 'ms',
    want: GOAL.atMost(2000),
    note: `longest of ${rounds}: ${Math.max(...gone).toFixed(0)} ms; with a daemon in a session of its own and its child`,
    wrong: gone.length === times.length ? null : `${times.length - gone.length} of ${rounds} left something running`,
  };
}

/** Goal 15: how long after a cancel nothing of a check runs any more, under every isolation that works here. */
export async function cancelGoal(rounds: number): Promise<readonly Measured[]> {
  const searched = (process.env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const rows: Measured[] = [];
  for (const isolation of await workingIsolations(searched)) rows.push(await measure(isolation, rounds));
  return rows;
}
