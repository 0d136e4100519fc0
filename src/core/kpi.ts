import { isCount, isFiniteNumber, isText, listOf, nullable, objectOf, oneOf, recordOf, type Shape } from './shape.js';
import { STANDINGS, type Standing } from './standing.js';

/** Standings of what the target lacks and nobody settled: how far apart two members of a family are. */
export const OPEN_STANDINGS: readonly Standing[] = ['review', 'conflict', 'rejected', 'candidate', 'waiting'];

/** Standings of what needs nothing any more. */
export const SETTLED_STANDINGS: readonly Standing[] = ['landed', 'present', 'cancelled', 'declined', 'filtered'];

/** Standings of what waits for a person. */
export const ATTENTION_STANDINGS: readonly Standing[] = ['review', 'conflict'];

/** How a run can end. */
export const RUN_OUTCOMES = ['done', 'partly', 'failed', 'cancelled'] as const;

/** How a run ended. */
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** How many stand where. */
export type StandingCounts = Readonly<Record<Standing, number>>;

/** How far apart the target and one sibling are. */
export interface SiblingKpi {
  readonly name: string;
  /** As `status` counts them; a standing that nothing has is 0. */
  readonly counts: StandingCounts;
  /** Incoming commits that are neither in the target nor settled otherwise. */
  readonly open: number;
  /** Of these, how many wait for a person. */
  readonly waiting: number;
  /**
   * ISO 8601, UTC: since when the first of them waits for a person; null when none waits, and when one of them has
   * waited since before such moments were kept.
   */
  readonly waitingSince: string | null;
  /** ISO 8601, UTC; null when it was never seen. */
  readonly seenAt: string | null;
  /** What went wrong the last time, sanitised; null when all went well. */
  readonly error: string | null;
}

/** One run that ended. */
export interface EndedRun {
  readonly run: string;
  readonly command: 'scan' | 'sync';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly outcome: RunOutcome;
  /** Commits that it landed and that were not taken back. */
  readonly landed: number;
}

/** Runs of `scan` and `sync` that ended, and how; dry runs apart. */
export interface RunKpi {
  readonly total: number;
  readonly outcomes: Readonly<Record<RunOutcome, number>>;
  /** Share of `done` among those that were not cancelled, 0 to 1; null when none ended. */
  readonly successRate: number | null;
  /** Over runs that were not cancelled; null when there are none. */
  readonly medianSeconds: number | null;
  readonly slowestSeconds: number | null;
  /** Runs that were killed: they never ended, and others came after them. In no other figure. */
  readonly killed: number;
  /** The newest runs, newest first. */
  readonly recent: readonly EndedRun[];
}

/** A part of a whole, with the numbers it comes from. */
export interface Share {
  readonly part: number;
  readonly whole: number;
  /** 0 to 1; null when there is nothing to divide by. */
  readonly rate: number | null;
}

/** From authored on the sibling to landed here, over what AutoSync landed and what is still there. */
export interface LeadTime {
  readonly landed: number;
  readonly medianHours: number | null;
  readonly slowestHours: number | null;
}

/** Figures over all that is stored of one target and the siblings that its configuration names. */
export interface Kpis {
  readonly siblings: readonly SiblingKpi[];
  /** Sums over the siblings. */
  readonly standings: StandingCounts;
  readonly runs: RunKpi;
  readonly leadTime: LeadTime;
  /** Of what landed, the share that AutoSync merged by itself. */
  readonly autoMerge: Share;
  /** Of what was validated, the share that was rejected. */
  readonly rejection: Share;
  /** When the siblings were last asked: ISO 8601, UTC; null when never. */
  readonly checkedAt: string | null;
}

const isCounts = recordOf(STANDINGS, isCount);

const isSiblingKpi = objectOf<SiblingKpi>({
  name: isText,
  counts: isCounts,
  open: isCount,
  waiting: isCount,
  waitingSince: nullable(isText),
  seenAt: nullable(isText),
  error: nullable(isText),
});

const isEndedRun = objectOf<EndedRun>({
  run: isText,
  command: oneOf(['scan', 'sync']),
  startedAt: isText,
  seconds: isFiniteNumber,
  outcome: oneOf(RUN_OUTCOMES),
  landed: isCount,
});

const isRunKpi = objectOf<RunKpi>({
  total: isCount,
  outcomes: recordOf(RUN_OUTCOMES, isCount),
  successRate: nullable(isFiniteNumber),
  medianSeconds: nullable(isFiniteNumber),
  slowestSeconds: nullable(isFiniteNumber),
  killed: isCount,
  recent: listOf(isEndedRun),
});

const isShare = objectOf<Share>({ part: isCount, whole: isCount, rate: nullable(isFiniteNumber) });

const isLeadTime = objectOf<LeadTime>({
  landed: isCount,
  medianHours: nullable(isFiniteNumber),
  slowestHours: nullable(isFiniteNumber),
});

/** Tells figures from anything else a message may carry. */
export const isKpis: Shape<Kpis> = objectOf<Kpis>({
  siblings: listOf(isSiblingKpi),
  standings: isCounts,
  runs: isRunKpi,
  leadTime: isLeadTime,
  autoMerge: isShare,
  rejection: isShare,
  checkedAt: nullable(isText),
});
