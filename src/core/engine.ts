import type { Sha } from './commit.js';
import type { SiblingConfig } from './config.js';
import type { IncomingCommit, RunReport } from './enhancement.js';
import type { Decision, StoredCommit } from './facts.js';
import type { Kpis } from './kpi.js';
import type { IncomingPaths, Overview } from './overview.js';
import type { BlobContent, ConflictMaterial, Preview, ResolvedFile } from './preview.js';
import type {
  AuditReport,
  DoctorReport,
  Explanation,
  InitReport,
  Relative,
  StatusReport,
  WorkflowPlan,
  WorkflowReport,
} from './reports.js';
import type { SharedStateReport } from './sharedState.js';

/** The commands of AutoSync, as every entry asks for them (design: contract). */
export interface Engine {
  scan(options: { readonly sibling?: string; readonly signal: AbortSignal }): Promise<RunReport>;
  sync(options: {
    readonly sibling?: string;
    readonly dryRun: boolean;
    readonly signal: AbortSignal;
  }): Promise<RunReport>;
  status(): Promise<StatusReport>;
  explain(sha: string, signal: AbortSignal): Promise<Explanation>;
  audit(options: { readonly sibling?: string; readonly signal: AbortSignal }): Promise<AuditReport>;
  apply(shas: readonly string[], signal: AbortSignal): Promise<RunReport>;
  decline(sha: string, options: { readonly because: string; readonly until: string | null }): Promise<Decision>;
  undo(run: string, signal: AbortSignal): Promise<RunReport>;
  /** The effective configuration, one line a value, with where it came from. */
  config(): Promise<readonly string[]>;
  init(signal: AbortSignal): Promise<InitReport>;
  doctor(signal: AbortSignal): Promise<DoctorReport>;
  /**
   * Writes the GitHub Actions workflow that runs `sync` on a schedule. Throws `usage` when a person changed the one that
   * is there and `force` is not set, `no-config`, `unsafe-input`, `disk`.
   */
  workflow(options: { readonly force: boolean }): Promise<WorkflowReport>;
  /** Names of the siblings, or of the one that is named, that a runner elsewhere can reach. Throws `usage` for an unknown one. */
  workflowSiblings(name?: string): Promise<readonly string[]>;
  /**
   * Shares what is remembered of siblings between machines, on refs of the target's remote: takes it from there into a
   * workspace that remembers nothing, or puts it there by compare-and-swap; where anybody could read what is known of
   * siblings that are read with a token, only when `open` is set. Throws `forge-refused`, `forge-unreachable`,
   * `usage` when the target has no remote, `locked`, `disk`.
   */
  shareState(options: {
    readonly direction: SharedStateReport['direction'];
    readonly sibling?: string;
    readonly open?: boolean;
    readonly signal: AbortSignal;
  }): Promise<SharedStateReport>;
  backup(): Promise<string>;
  backups(): Promise<readonly { readonly name: string; readonly at: string }[]>;
  restore(name: string): Promise<void>;
  /** Every incoming commit that the store knows, as the last run left it. No network. */
  rows(): Promise<readonly StoredCommit[]>;
  /** Writes `.autosync/reports/report-<date>.md` (`date` as YYYY-MM-DD) and returns its path. Throws `disk`. */
  writeReport(markdown: string, date: string): Promise<string>;
}

/** What the editor asks for beside the commands: rows, versions of files, figures, the right to poll. */
export interface EditorEngine extends Engine {
  /** Siblings, last run and a short row for every incoming commit: what the editor keeps in mind. No network. */
  overview(): Promise<Overview>;
  /** One incoming commit of a sibling as the store knows it; null when it is no longer known. No network, no git. */
  incoming(sibling: string, sha: Sha): Promise<IncomingCommit | null>;
  /** Which open commits would change which paths of the target. No network, no git. */
  incomingPaths(): Promise<IncomingPaths>;
  /** What landing a commit would change in the target, and what it changed on its own side. Throws `unknown-commit`. */
  preview(sha: string, signal: AbortSignal): Promise<Preview>;
  /** Content of a blob of the quarantine. Throws `unknown-commit` when it is not there any more, `unsafe-input` when `id` is no object name. */
  blob(id: Sha): Promise<BlobContent>;
  /** The three versions of every conflicted file of a commit. Throws `unknown-commit`, `cannot-land` when nothing conflicts. */
  conflict(sha: string, signal: AbortSignal): Promise<ConflictMaterial>;
  /** Records how a person resolved the conflicts of a commit; from then on the pick is made with it. Throws `cannot-land`. */
  resolve(sha: string, files: readonly ResolvedFile[], signal: AbortSignal): Promise<IncomingCommit>;
  /** Related repositories beside the target and among its remotes that the configuration does not name yet. */
  relatives(signal: AbortSignal): Promise<{ readonly found: readonly Relative[]; readonly looked: readonly string[] }>;
  /** Adds siblings to the configuration, whose comments stay; writes a first one when there is none. Returns its path. Throws `config`, `usage`. */
  addSiblings(siblings: readonly SiblingConfig[]): Promise<string>;
  /** What `workflow` would do, told before it does it. Throws `no-config`, `unsafe-input`, `disk`. */
  workflowPlan(): Promise<WorkflowPlan>;
  /** Figures over all that is stored. No network, no git. */
  kpis(): Promise<Kpis>;
  /**
   * Asks to be the one that polls this target: true when this engine is, until `stopPolling` or its end. Only one
   * engine of the machine's user is at a time.
   */
  startPolling(): Promise<boolean>;
  /** Leaves polling to others. */
  stopPolling(): Promise<void>;
}
