import type { Engine } from '../core/engine.js';
import { AutoSyncError } from '../core/errors.js';
import { findRoot } from '../git/target.js';
import { keepCurrent, listBackups, momentOfBackup, restoreBackup } from '../store/backups.js';
import { writeReportFile } from '../store/reportFile.js';
import { type EngineOptions, opened, storeOptions } from './opened.js';

/** The commands on copies of the state, and on what is written beside it. */
export function backupsOf(options: EngineOptions): Pick<Engine, 'backup' | 'backups' | 'restore' | 'writeReport'> {
  const root = (): Promise<string> => findRoot(options.workspace);
  return {
    backup: () =>
      opened(options, 'write', async ({ ports }) => {
        await ports.store.snapshot();
        const kept = await keepCurrent(ports.git.target.root, 'asked', ports.clock());
        if (kept !== null) return kept;
        const next = 'Run `autosync scan` first.';
        throw new AutoSyncError({ code: 'usage', what: 'There is nothing to back up yet.', next });
      }),
    backups: async () => (await listBackups(await root())).map(({ name }) => ({ name, at: momentOfBackup(name) })),
    restore: async (name) => {
      await restoreBackup(storeOptions(options, await root(), null, false), name);
    },
    writeReport: async (markdown, date) => writeReportFile(await root(), date, markdown),
  };
}
