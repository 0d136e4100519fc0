import type { Config, SiblingConfig } from '../core/config.js';
import { cronOf } from '../core/cron.js';
import { parseDuration } from '../core/duration.js';
import { AutoSyncError } from '../core/errors.js';
import type { WorkflowReport } from '../core/reports.js';
import { isUntouched, WORKFLOW_FILE, workflowText } from '../core/workflowFile.js';

/** What writing the workflow asks of the world. */
export interface WorkflowPorts {
  readFile(): Promise<string | null>;
  writeFile(text: string): Promise<void>;
  /** Hexadecimal sha256 of a text. */
  digest(text: string): string;
}

/** What the workflow is for. */
export interface WorkflowRequest {
  readonly config: Config;
  /** The target's branch. */
  readonly branch: string;
  /** What tells this target from others, so that not all start at the same minute. */
  readonly identity: string;
  /** Overwrite also what a person changed. */
  readonly force: boolean;
}

/** Siblings that a runner elsewhere can reach: folders of this machine are not there. */
export const reachable = (siblings: readonly SiblingConfig[]): readonly SiblingConfig[] =>
  siblings.filter(({ url }) => url !== undefined && !/^file:/i.test(url));

/** Writes the GitHub Actions workflow that runs `sync`. Throws `usage` when a person changed the one that is there. */
export async function writeWorkflow(ports: WorkflowPorts, request: WorkflowRequest): Promise<WorkflowReport> {
  const { config, branch, identity, force } = request;
  const seed = Number.parseInt(ports.digest(identity).slice(0, 8), 16);
  const cron = cronOf(parseDuration(config.schedule.every), seed);
  const { chain, land } = config;
  const rights = { writesActions: chain.follow, mergesItself: land.autoMerge };
  const text = workflowText({ branch, cron: cron.line, ...rights }, ports.digest);
  const there = await ports.readFile();
  if (there !== null && !force && !isUntouched(there, ports.digest)) {
    throw new AutoSyncError({
      code: 'usage',
      what: `${WORKFLOW_FILE} was changed since AutoSync wrote it, or is somebody else's; it was left alone.`,
      next: 'Run `autosync workflow --force` to overwrite it.',
    });
  }
  const isNew = there?.replaceAll('\r\n', '\n') !== text;
  if (isNew) await ports.writeFile(text);
  const far = reachable(config.siblings);
  return {
    file: WORKFLOW_FILE,
    written: isNew,
    cron: cron.line,
    every: cron.every,
    siblings: far.map(({ name }) => name),
    left: config.siblings.filter((one) => !far.includes(one)).map(({ name }) => name),
  };
}
