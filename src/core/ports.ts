import type { Check, CheckOutcome, Toolchain } from './check.js';
import type { CheckStep } from './checkStep.js';
import type {
  ChainState,
  Decision,
  Fact,
  LandingState,
  PullRequestState,
  Resolution,
  RunState,
  SiblingState,
  StoredCommit,
  StoreHealth,
} from './facts.js';
import type { ForgePort } from './forgePort.js';
import type { GitPort } from './gitPort.js';
import type { Relocked } from './lockfiles.js';

/** Reports progress of a run; never throws. */
export type Progress = (step: ProgressStep) => void;

/** One step of a run as a person sees it. */
export interface ProgressStep {
  readonly phase: 'fetch' | 'filter' | 'integrate' | 'validate' | 'decide' | 'land' | 'persist';
  readonly sibling: string | null;
  /** A few words: what is being done now. */
  readonly doing: string;
  readonly done?: number;
  readonly total?: number;
  /** True: a person should read `doing` before the run goes on; it stays on a screen. */
  readonly stays?: true;
  /** Set when the step is about one check on one tree. */
  readonly check?: CheckStep;
}

/** Runs the target's own checks in a folder. */
export interface ChecksPort {
  /** Detects the toolchain of the tree checked out in `folder`. */
  detect(folder: string): Promise<Toolchain>;
  /** Installs dependencies when the toolchain says so and they are not there for this key already. Throws `check-setup`. */
  install(
    folder: string,
    toolchain: Toolchain,
    signal: AbortSignal,
  ): Promise<{ readonly ran: boolean; readonly milliseconds: number }>;
  /** False when what is installed in `folder` is not what the last install left: a check may have changed it. */
  isAsInstalled(folder: string): Promise<boolean>;
  /** Runs one check. Never throws for a failing check; throws `cancelled`. */
  run(folder: string, check: Check, signal: AbortSignal): Promise<CheckOutcome>;
  /** The program that makes a lockfile anew, with its version; null when it is not on this machine. */
  lockProgram(lockfile: string): Promise<string | null>;
  /**
   * Makes a lockfile of the tree checked out in `folder` anew from the manifests there; no script of any package runs,
   * and nothing is installed where the program can do without. Throws `cancelled`.
   */
  relock(folder: string, lockfile: string, signal: AbortSignal): Promise<Relocked>;
  /** How many checks may run at once in one folder. */
  readonly atOnce: number;
  /** What the outcome depends on besides tree and command: runtime version, platform. */
  runtime(): string;
}

/** What AutoSync remembers. Every promise resolves only when the fact survives a kill. */
export interface StorePort {
  readonly health: StoreHealth;
  /** Appends facts to the journal, durably, then applies them. All of one call are acknowledged together. */
  record(facts: readonly Fact[]): Promise<void>;
  siblings(): readonly SiblingState[];
  commits(sibling?: string): readonly StoredCommit[];
  decisions(): readonly Decision[];
  /** How persons resolved conflicts, oldest first. */
  resolutions(): readonly Resolution[];
  landings(): readonly LandingState[];
  /** Pull requests on the target's forge, by branch. */
  pullRequests(): readonly PullRequestState[];
  /** The target's CI/CD chains after landings, oldest first. */
  chains(): readonly ChainState[];
  runs(limit: number): readonly RunState[];
  check(key: string): CheckOutcome | null;
  /** What failed in one run and not in another of the same tree, by name, in every outcome that is remembered. */
  flaky(): readonly string[];
  /** Writes the database and the mirror when something changed, and empties the journal. */
  snapshot(): Promise<void>;
  /** Snapshot, then release memory and the lock. */
  close(): Promise<void>;
}

/** Something a person should know though nobody asked: on a screen, in a message, wherever the port leads. */
export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  /** One or two sentences. */
  readonly what: string;
  /** Where to read on; null when there is no page. */
  readonly page: string | null;
}

/** Tells a person; never throws. */
export type Notify = (notice: Notice) => void;

/** The clock, so that tests own time. Milliseconds since 1970. */
export type Clock = () => number;

/** Everything a run asks of the world. */
export interface Ports {
  readonly git: GitPort;
  readonly checks: ChecksPort;
  readonly store: StorePort;
  /** The target's forge, when work lands there by pull requests; null: it lands on branches of the target. */
  readonly forge: ForgePort | null;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly notify: Notify;
}
