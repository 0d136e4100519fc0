import type { Config, SiblingConfig } from '../core/config.js';
import type { Engine } from '../core/engine.js';
import type { RunReport } from '../core/enhancement.js';
import { AutoSyncError, isProblem } from '../core/errors.js';
import type { Notice, Ports } from '../core/ports.js';
import { createRedactor } from '../core/redaction.js';
import type { TestResults } from '../core/testResults.js';
import { runPipeline } from '../pipeline.js';
import { knownSecrets } from '../secrets/environment.js';
import { markChecked } from '../store/checkedAt.js';
import { writeTestResults } from '../store/testResultsFile.js';
import { type Access, type EngineOptions, newRunId, opened } from './opened.js';
import { heldNote } from './signedOut.js';

/** The siblings a command is about. Throws `usage` for an unknown name. */
export function chosen(config: Config, name: string | undefined): readonly SiblingConfig[] {
  if (name === undefined) return config.siblings;
  const found = config.siblings.filter((sibling) => sibling.name === name);
  if (found.length > 0) return found;
  throw new AutoSyncError({
    code: 'usage',
    what: `There is no sibling "${name}".`,
    next: `The configuration names: ${config.siblings.map((sibling) => sibling.name).join(', ') || 'none'}.`,
  });
}

type RunOptions = { readonly sibling?: string; readonly dryRun: boolean; readonly signal: AbortSignal };

async function closeRun(ports: Ports, run: string, error: unknown): Promise<void> {
  const state = ports.store.runs(1).find((one) => one.run === run);
  if (state === undefined) return;
  const outcome = isProblem(error, 'cancelled') ? 'cancelled' : 'failed';
  await ports.store.record([
    { kind: 'run', run: { ...state, outcome, endedAt: new Date(ports.clock()).toISOString() } },
  ]);
}

/** Without secrets, should a check ever print one. */
function cleaned(results: TestResults, { environment }: EngineOptions): TestResults {
  const redact = createRedactor(knownSecrets(environment));
  return JSON.parse(JSON.stringify(results), (_key, value) => (typeof value === 'string' ? redact(value) : value));
}

/** Until there are other ways to tell people, what they should know is a note of the run. */
const noteOf = ({ what, page }: Notice): string => (page === null ? what : `${what} See ${page}.`);

async function runOnce(options: EngineOptions, command: 'scan' | 'sync', how: RunOptions): Promise<RunReport> {
  const access: Access = command === 'sync' && !how.dryRun ? 'land' : 'write';
  return opened(
    options,
    access,
    async ({ ports, config, log, finished, notices, signedOut }) => {
      const run = newRunId(ports.clock());
      const held = command === 'sync' && signedOut !== null ? heldNote(signedOut) : null;
      try {
        const looked = await runPipeline(ports, {
          run,
          command: held === null ? command : 'scan',
          dryRun: how.dryRun,
          config,
          siblings: chosen(config, how.sibling),
          signal: how.signal,
          validated: (results) => writeTestResults(ports.git.target.root, cleaned(results, options)),
        });
        const report = held === null ? looked : { ...looked, command, dryRun: how.dryRun, held };
        const moved = report.siblings
          .filter((sibling) => !sibling.unchanged)
          .map(({ name, error }) => ({ name, error }));
        if (moved.length > 0) log.write('info', 'run ended', { run, command, siblings: moved });
        if (how.sibling === undefined) await markChecked(ports.git.target.root, ports.clock());
        return {
          ...report,
          notes: [
            ...(held === null ? [] : [held]),
            ...ports.store.health.notes,
            ...finished,
            ...report.notes,
            ...notices.map(noteOf),
          ],
        };
      } catch (error) {
        await closeRun(ports, run, error);
        throw error;
      }
    },
    how.signal,
  );
}

/** A damaged quarantine holds nothing of the user's: it is built again and the run repeated, once. */
async function run(options: EngineOptions, command: 'scan' | 'sync', how: RunOptions): Promise<RunReport> {
  try {
    return await runOnce(options, command, how);
  } catch (error) {
    if (!isProblem(error, 'quarantine-damaged')) throw error;
    return runOnce(options, command, how);
  }
}

/** The commands that go through the whole pipeline. */
export function runsOf(options: EngineOptions): Pick<Engine, 'scan' | 'sync'> {
  return {
    scan: (how) => run(options, 'scan', { ...how, dryRun: false }),
    sync: (how) => run(options, 'sync', how),
  };
}
