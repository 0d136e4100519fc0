import type { Standing } from './standing.js';

/** How far apart the target and one sibling are. */
export interface SiblingKpi {
  readonly name: string;
  /** Incoming commits that are neither in the target nor settled otherwise. */
  readonly open: number;
  /** Of these, how many wait for a person. */
  readonly waiting: number;
  /** ISO 8601, UTC: when the oldest commit that waits for a person was written; null when none waits. */
  readonly waitingSince: string | null;
  readonly landed: number;
  /** ISO 8601, UTC; null when it was never seen. */
  readonly seenAt: string | null;
  readonly error: string | null;
}

/** Runs that ended, and how. */
export interface RunKpi {
  readonly total: number;
  readonly outcomes: Readonly<Record<'done' | 'partly' | 'failed' | 'cancelled', number>>;
  /** Share of `done` among those that were not cancelled, 0 to 1; null when none ended. */
  readonly successRate: number | null;
  readonly medianSeconds: number | null;
  readonly slowestSeconds: number | null;
}

/** Figures over all that is stored of one target. Rates are 0 to 1; null where there is nothing to divide by. */
export interface Kpis {
  readonly siblings: readonly SiblingKpi[];
  readonly standings: Readonly<Record<Standing, number>>;
  readonly runs: RunKpi;
  /** From authored on the sibling to landed here. */
  readonly leadTime: {
    readonly landed: number;
    readonly medianHours: number | null;
    readonly slowestHours: number | null;
  };
  /** Of what landed, the share that AutoSync merged by itself. */
  readonly autoMergeRate: number | null;
  /** Of what was validated, the share that was rejected. */
  readonly rejectionRate: number | null;
  /** ISO 8601, UTC. */
  readonly checkedAt: string | null;
}
