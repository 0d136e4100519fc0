import { applyCommits } from '../actions/apply.js';
import { declineCommit } from '../actions/decline.js';
import { appliedReport, undoneReport } from '../actions/reports.js';
import { undoRun } from '../actions/undo.js';
import type { Sha } from '../core/commit.js';
import type { Engine } from '../core/engine.js';
import type { RunReport } from '../core/enhancement.js';
import { type EngineOptions, newRunId, type Opened, opened } from './opened.js';
import { signedOut } from './signedOut.js';

/** A person's word that moves the target: what it does, and how it is told. */
interface Word {
  readonly carryOut: (opened: Opened, run: string) => Promise<Sha>;
  readonly report: typeof appliedReport;
}

/** Carries a word out as a run of its own. Throws `usage` where pull requests wait for a token. */
const asRun = (options: EngineOptions, { carryOut, report }: Word, signal: AbortSignal): Promise<RunReport> =>
  opened(
    options,
    'land',
    async (all) => {
      const { ports, signedOut: waits } = all;
      if (waits !== null) throw signedOut(waits);
      const run = newRunId(ports.clock());
      const startedAt = new Date(ports.clock()).toISOString();
      return report(ports, { run, startedAt, head: await carryOut(all, run) });
    },
    signal,
  );

/** The commands by which a person says what becomes of a commit or of a run. */
export function wordsOf(options: EngineOptions): Pick<Engine, 'apply' | 'decline' | 'undo'> {
  return {
    apply: (shas, signal) => {
      const carryOut: Word['carryOut'] = ({ ports, config }, run) => applyCommits(ports, { run, config, shas, signal });
      return asRun(options, { carryOut, report: appliedReport }, signal);
    },
    decline: (sha, how) =>
      opened(options, 'write', ({ ports }) =>
        declineCommit(ports, sha, { ...how, signal: new AbortController().signal }),
      ),
    undo: (given, signal) => {
      const carryOut: Word['carryOut'] = ({ ports, config }, undo) => undoRun(ports, given, { undo, config, signal });
      return asRun(options, { carryOut, report: undoneReport }, signal);
    },
  };
}
