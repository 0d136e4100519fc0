import type { Check, CheckOutcome, NewFailures, Toolchain } from './check.js';
import type { Sha } from './commit.js';
import { flakyIn } from './confirm.js';
import type { PickChain, PickRequest } from './gitPort.js';
import { sanitize } from './sanitize.js';
import type { Failure } from './standing.js';

/** A commit of the quarantine and its tree: what checks run on. */
export interface Checked {
  readonly commit: Sha;
  readonly tree: Sha;
  /** The incoming commits whose picks make the tree; absent for the target as it is. */
  readonly picks?: readonly Sha[];
}

/** The target's checks and their outcome on the target as it is. */
export interface Baseline {
  readonly checks: readonly Check[];
  /** True when they are the checks of some packages only: what those need without saying so was not seen. */
  readonly narrowed: boolean;
  readonly outcomes: readonly CheckOutcome[];
  /** Names of checks that fail already. */
  readonly red: readonly string[];
  /** Test checks that pass without running a single test: they prove nothing. */
  readonly hollow: readonly string[];
  /** Why the checks could not be prepared, which may be the network's fault and worth another try; else null. */
  readonly unprepared: string | null;
  readonly notes: readonly string[];
}

/** A pick that a check rejects, with what it breaks; `because` names the culprit it builds on. */
export interface RejectedPick {
  readonly sha: Sha;
  readonly found: NewFailures;
  readonly because: Sha | null;
  /** An earlier pick without which it breaks nothing; absent when it is bad by itself, or that is not known. */
  readonly together?: Sha;
}

/** What validation leaves: a chain whose tip breaks nothing, the picks it cost, the checks that prove it. */
export interface Validated {
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
  readonly rejected: readonly RejectedPick[];
  /** How the checks ended on the chain's tip, now or when they were run before. */
  readonly outcomes: readonly CheckOutcome[];
  /** Checks that passed there. */
  readonly checks: readonly string[];
  /** Checks that ran to their end there, well or as badly as on the target. */
  readonly ran: readonly string[];
  /** What failed there in one run and not in another: no reason to reject, and none to trust it. */
  readonly flaky: readonly string[];
  /** Failures of the target that are gone there. */
  readonly fixed: readonly Failure[];
  /** Tracked files that the checks changed in the worktree: then the proof is not about what lands. */
  readonly changed: readonly string[];
  readonly notes: readonly string[];
}

/** True for a test check that passed without running a single test. */
export const isHollow = ({ kind, status, tests }: CheckOutcome): boolean =>
  kind === 'test' && status === 'passed' && tests !== null && tests.passed + tests.failed === 0;

/** A failure of the target that is gone, as a note. */
export const mendedNote = ({ name, check }: Failure): string =>
  `It mends what failed before: ${sanitize(name, 100)} (${check}).`;

/** What flipped on a chain's tip, as a note. */
export const flakyNote = (name: string): string =>
  `A flaky test: ${sanitize(name, 100)}. It failed and passed on the same tree, so it rejects nothing, and nothing merges by itself on its word.`;

/** A target without checks, and why. */
export function noBaseline(notes: readonly string[], unprepared: string | null = null): Baseline {
  return { checks: [], narrowed: false, outcomes: [], red: [], hollow: [], unprepared, notes };
}

/** Test checks that prove nothing; a package without tests is one among others that have some. */
function hollowIn({ checks }: Toolchain, outcomes: readonly CheckOutcome[]): readonly string[] {
  const hollow = outcomes.filter(isHollow).map(({ check }) => check);
  const proving = outcomes.some(({ kind, tests }) => kind === 'test' && tests !== null && tests.passed > 0);
  const ofPackages = new Set(checks.flatMap(({ name, package: folder }) => (folder === undefined ? [] : [name])));
  return hollow.filter((name) => !proving || !ofPackages.has(name));
}

/** What the outcomes on the target as it is amount to, with what has to be said of them. */
export function baselineOf(toolchain: Toolchain, outcomes: readonly CheckOutcome[]): Baseline {
  const red = outcomes.filter(({ status }) => status !== 'passed').map(({ check }) => check);
  const flaky = flakyIn(outcomes).map((name) => sanitize(name, 100));
  return {
    checks: toolchain.checks,
    narrowed: toolchain.narrowed !== undefined,
    outcomes,
    red,
    hollow: hollowIn(toolchain, outcomes),
    unprepared: null,
    notes: [
      ...(red.length === 0
        ? []
        : [
            `The target itself fails: ${red.join(', ')}. Only failures that are new count against a pick, and nothing merges by itself.`,
          ]),
      ...(flaky.length === 0
        ? []
        : [`Flaky on the target as it is, so it counts against no pick lightly: ${flaky.join(', ')}.`]),
      ...(toolchain.checks.length === 0 ? toolchain.notes : []),
      ...(toolchain.narrowed === undefined ? [] : [sanitize(toolchain.narrowed, 500)]),
    ],
  };
}
