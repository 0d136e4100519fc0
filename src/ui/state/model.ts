import type { ProblemCode } from '../../core/errors.js';
import type { Overview } from '../../core/overview.js';
import type { ProgressStep } from '../../core/ports.js';
import type { Provings } from './proving.js';

/** What happens by itself: nothing, looking, or the whole run with landing. */
export type PollingMode = 'off' | 'scan' | 'sync';

/** What was written as a mode; a word that is none means that nothing happens by itself. */
export const pollingMode = (written: unknown): PollingMode =>
  written === 'scan' || written === 'sync' ? written : 'off';

/** What a window does on a target. */
export type ActivityKind = 'scan' | 'sync' | 'apply' | 'undo' | 'decline' | 'resolve' | 'find' | 'doctor';

/** Work that is under way. */
export interface Activity {
  readonly kind: ActivityKind;
  /** True when no person asked for it. */
  readonly scheduled: boolean;
  readonly step: ProgressStep | null;
}

/** Where in the configuration something is wrong, and what. Line and column count from 1. */
export interface TroublePlace {
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly next: string;
}

/** Why a target cannot be read, in words. */
export interface Trouble {
  readonly code: ProblemCode | 'unknown';
  readonly message: string;
  /** Set when the configuration is wrong. */
  readonly place?: TroublePlace;
}

/** How a target is polled. Moments in milliseconds since 1970. */
export interface PollingState {
  readonly mode: PollingMode;
  readonly paused: boolean;
  /** True when another window polls this target, so that this one only follows the state. */
  readonly follows: boolean;
  /** True when every sibling with an address was out of reach the last time. */
  readonly offline: boolean;
  readonly failures: number;
  readonly nextAt: number | null;
}

/** One open folder, as every view shows it. Plain data: a new object at every change. */
export interface TargetState {
  /** The folder's URI. */
  readonly id: string;
  readonly name: string;
  /** The folder's path. */
  readonly folder: string;
  /** Null until it was read for the first time, and while it cannot be read. */
  readonly overview: Overview | null;
  readonly trouble: Trouble | null;
  readonly activity: Activity | null;
  /** The checks of the commits that this window proves, or proved last. */
  readonly provings: Provings;
  readonly polling: PollingState;
}

/** True when siblings are configured. */
export const hasSiblings = ({ overview }: Pick<TargetState, 'overview'>): boolean =>
  (overview?.siblings.length ?? 0) > 0;

/** All of a window. */
export interface WindowState {
  /** How many folders are open. */
  readonly folders: number;
  readonly trusted: boolean;
  /** True until every folder was read once. */
  readonly loading: boolean;
  readonly targets: readonly TargetState[];
}

/** Nothing polls yet. */
export const NOT_POLLING: PollingState = {
  mode: 'off',
  paused: false,
  follows: false,
  offline: false,
  failures: 0,
  nextAt: null,
};
