import { realpath } from 'node:fs/promises';
import type { Check, CheckOutcome } from '../core/check.js';
import { AutoSyncError, assertNever } from '../core/errors.js';
import { checkEnvironment, managerEnvironment, type OwnFolders } from './environment.js';
import type { Places } from './identity.js';
import { sharedFolders } from './isolation.js';
import { endOfText } from './plainText.js';
import { type ProcessEnd, type ProcessRequest, runProcess } from './process.js';
import { junitPath } from './readers.js';
import { readOutcome } from './readOutcome.js';
import { readReport, reportStamp } from './report.js';
import type { Isolation } from './sandbox.js';
import { withScratch } from './scratch.js';

/** Bytes of a check's output that are kept for good: its end. */
const STORED_BYTES = 16 * 1024;

const DISK_FULL = 'AutoSync ended this check because the disk is full. Free some space, or look at what it writes.';

/** How checks are run, whichever they are. */
export interface RunOptions {
  readonly cacheFolder: string;
  readonly timeoutSeconds: number;
  /** Bytes of output kept in memory from the end, while a check runs. */
  readonly keepBytes: number;
  readonly isolation: Isolation;
}

/** Runs one check in `folder` and reads its outcome. A failing check is an outcome; throws only `cancelled`. */
export async function runCheck(
  folder: string,
  check: Check,
  options: RunOptions,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const path = junitPath(check.reads);
  const before = path === null ? null : await reportStamp(folder, path);
  const { end, own } = await withScratch(options.cacheFolder, async (folders) => ({
    own: folders,
    end: await runProcess(await requestOf(folder, check, options, folders), signal),
  }));
  if (end.how === 'cancelled') throw new AutoSyncError({ code: 'cancelled' });
  const report = path === null ? null : await readReport(folder, path, before);
  return outcomeOf(check, end, report, await placesOf(folder, own));
}

/** A check's command with all that it may see and where it may write. */
export async function requestOf(
  folder: string,
  check: Pick<Check, 'run'>,
  options: RunOptions,
  own: OwnFolders,
): Promise<ProcessRequest> {
  const real = await realpath(folder).catch(() => folder);
  return {
    command: check.run,
    isolation: options.isolation,
    folder: real,
    temporary: own.temporary,
    shared: await sharedFolders(),
    closed: [await realpath(options.cacheFolder)],
    writable: [real, own.home, own.temporary],
    environment: { ...checkEnvironment(process.env, folder, own), ...managerEnvironment(check.run, process.env) },
    timeoutMilliseconds: options.timeoutSeconds * 1000,
    keepBytes: options.keepBytes,
  };
}

/** Tools print the folder as they were given it or with its links resolved. */
async function placesOf(folder: string, { home, temporary }: OwnFolders): Promise<Places> {
  const real = await realpath(folder).catch(() => folder);
  return { folders: [...new Set([real, folder])].sort(byLength), scratch: [home, temporary] };
}

function byLength(one: string, other: string): number {
  return other.length - one.length;
}

function outcomeOf(check: Check, end: ProcessEnd, report: string | null, places: Places): CheckOutcome {
  const status = statusOf(end);
  const ran = status === 'passed' || status === 'failed';
  const read = ran ? readOutcome(check, { exit: end.exit, output: end.output, report, places }) : null;
  return {
    check: check.name,
    kind: check.kind,
    status,
    exit: end.exit,
    failures: read?.failures ?? [],
    tests: read?.tests ?? null,
    milliseconds: end.milliseconds,
    output: endOfText(end.how === 'disk-full' ? `${end.output}\n${DISK_FULL}\n` : end.output, STORED_BYTES),
    cached: false,
  };
}

/** 127 and 126 are what a shell says of a command that is not there or cannot be executed (POSIX, Shell Command Language 2.8.2). */
function statusOf(end: ProcessEnd): CheckOutcome['status'] {
  switch (end.how) {
    case 'timed-out':
      return 'timed-out';
    case 'not-started':
    case 'disk-full':
      return 'could-not-run';
    case 'cancelled':
    case 'exited':
      if (end.exit === 127 || end.exit === 126) return 'could-not-run';
      return end.exit === 0 ? 'passed' : 'failed';
    default:
      return assertNever(end.how);
  }
}
