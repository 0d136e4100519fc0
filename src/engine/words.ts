import { applyCommits } from '../actions/apply.js';
import { declineCommit } from '../actions/decline.js';
import { appliedReport, undoneReport } from '../actions/reports.js';
import { undoRun } from '../actions/undo.js';
import type { Engine } from '../core/engine.js';
import { type EngineOptions, newRunId, opened } from './opened.js';

/** The commands by which a person says what becomes of a commit or of a run. */
export function wordsOf(options: EngineOptions): Pick<Engine, 'apply' | 'decline' | 'undo'> {
  return {
    apply: (shas, signal) =>
      opened(
        options,
        'land',
        async ({ ports, config }) => {
          const id = newRunId(ports.clock());
          const started = new Date(ports.clock()).toISOString();
          const head = await applyCommits(ports, { run: id, config, shas, signal });
          return appliedReport(ports, { run: id, startedAt: started, head });
        },
        signal,
      ),
    decline: (sha, how) =>
      opened(options, 'write', ({ ports }) =>
        declineCommit(ports, sha, { ...how, signal: new AbortController().signal }),
      ),
    undo: (given, signal) =>
      opened(
        options,
        'land',
        async ({ ports, config }) => {
          const id = newRunId(ports.clock());
          const started = new Date(ports.clock()).toISOString();
          const head = await undoRun(ports, given, { undo: id, config, signal });
          return undoneReport(ports, { run: id, startedAt: started, head });
        },
        signal,
      ),
  };
}
