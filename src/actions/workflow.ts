import type { Config, SiblingConfig } from '../core/config.js';
import { cronOf } from '../core/cron.js';
import { parseDuration } from '../core/duration.js';
import { AutoSyncError } from '../core/errors.js';
import type { WorkflowPlan, WorkflowReport } from '../core/reports.js';
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

/** What the workflow would say, and what writing it would do. */
async function drafted(ports: WorkflowPorts, request: WorkflowRequest) {
  const { config, branch, identity } = request;
  const seed = Number.parseInt(ports.digest(identity).slice(0, 8), 16);
  const cron = cronOf(parseDuration(config.schedule.every), seed);
  const { chain, land } = config;
  const rights = { writesActions: chain.follow, mergesItself: land.autoMerge };
  const text = workflowText({ branch, cron: cron.line, ...rights }, ports.digest);
  const far = reachable(config.siblings);
  const facts = {
    ...{ file: WORKFLOW_FILE, cron: cron.line, every: cron.every, siblings: far.map(({ name }) => name) },
    left: config.siblings.filter((one) => !far.includes(one)).map(({ name }) => name),
  };
  return { text, facts, there: compared(await ports.readFile(), text, ports.digest) };
}

function compared(there: string | null, text: string, digest: WorkflowPorts['digest']): WorkflowPlan['there'] {
  if (there === null) return 'nothing';
  if (there.replaceAll('\r\n', '\n') === text) return 'same';
  return isUntouched(there, digest) ? 'older' : 'changed';
}

/** Tells what writing the workflow would do. Throws `unsafe-input`. */
export async function planWorkflow(
  ports: WorkflowPorts,
  request: WorkflowRequest,
): Promise<Omit<WorkflowPlan, 'root'>> {
  const { facts, there } = await drafted(ports, request);
  return { ...facts, there };
}

/** Writes the GitHub Actions workflow that runs `sync`. Throws `usage` when a person changed the one that is there. */
export async function writeWorkflow(ports: WorkflowPorts, request: WorkflowRequest): Promise<WorkflowReport> {
  const { text, facts, there } = await drafted(ports, request);
  if (there === 'changed' && !request.force) {
    throw new AutoSyncError({
      code: 'usage',
      what: `${WORKFLOW_FILE} was changed since AutoSync wrote it, or is somebody else's; it was left alone.`,
      next: 'Run `autosync workflow --force` to overwrite it.',
    });
  }
  if (there !== 'same') await ports.writeFile(text);
  return { ...facts, written: there !== 'same' };
}
