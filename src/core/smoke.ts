import type { SmokeConfig } from './config.js';

/** Statuses that count as healthy, from the lowest to the highest. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** What is asked of an app that was started. */
export interface SmokePlan {
  readonly paths: readonly string[];
  /** Seconds until it must listen, and that each answer may take. */
  readonly timeout: number;
  readonly statuses: StatusRange;
  readonly portVariable: string;
}

/** What a smoke test is that says no more than its name and how to start the app. */
export const SMOKE_DEFAULTS = {
  paths: ['/health', '/'],
  timeout: 30,
  expect: '200-399',
  portVariable: 'PORT',
} as const;

/** What to ask the app, with the defaults for what the configuration leaves out. */
export function smokePlan({ paths, timeout, expect, portVariable }: SmokeConfig): SmokePlan {
  return {
    paths: paths ?? SMOKE_DEFAULTS.paths,
    timeout: timeout ?? SMOKE_DEFAULTS.timeout,
    statuses: statusRange(expect ?? SMOKE_DEFAULTS.expect),
    portVariable: portVariable ?? SMOKE_DEFAULTS.portVariable,
  };
}

/** The statuses that `expect` stands for: one, or `200-399`. */
export function statusRange(expect: number | string): StatusRange {
  if (typeof expect === 'number') return { from: expect, to: expect };
  const [from = 0, to = from] = expect.split('-').map(Number);
  return { from, to };
}

/** A range as people write it: `200`, or `200-399`. */
export function spellStatuses({ from, to }: StatusRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
