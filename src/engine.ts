import { applyCommits } from './actions/apply.js';
import { auditSiblings } from './actions/audit.js';
import { declineCommit } from './actions/decline.js';
import { examine } from './actions/doctor.js';
import { explainCommit } from './actions/explain.js';
import { initFamily } from './actions/init.js';
import { appliedReport, undoneReport } from './actions/reports.js';
import { statusOf } from './actions/status.js';
import { undoRun } from './actions/undo.js';
import { createChecks } from './checks/checks.js';
import type { Config, SiblingConfig } from './core/config.js';
import { describeConfig } from './core/describeConfig.js';
import type { RunReport } from './core/enhancement.js';
import { AutoSyncError, isProblem } from './core/errors.js';
import type { GitPort } from './core/gitPort.js';
import type { Ports } from './core/ports.js';
import { readConfig } from './core/readConfig.js';
import type { Engine } from './core/reports.js';
import { openGit } from './git/git.js';
import { cacheFolderOf, openQuarantine } from './git/quarantine.js';
import { findRelatives } from './git/relatives.js';
import { findRoot, readTarget } from './git/target.js';
import { gitCapabilities } from './git/version.js';
import {
  type Access,
  configOf,
  type EngineOptions,
  gitOptions,
  neededConfig,
  newRunId,
  type Opened,
  opened,
  storeOptions,
} from './opened.js';
import { runPipeline } from './pipeline.js';
import { sourceSecret } from './secrets/environment.js';
import { keepCurrent, listBackups, momentOfBackup, restoreBackup } from './store/backups.js';
import { readConfigText, writeConfigText } from './store/configFile.js';
import { writeReportFile } from './store/reportFile.js';
import { openStore } from './store/store.js';

/** The siblings a command is about. Throws `usage` for an unknown name. */
function chosen(config: Config, name: string | undefined): readonly SiblingConfig[] {
  if (name === undefined) return config.siblings;
  const found = config.siblings.filter((sibling) => sibling.name === name);
  if (found.length > 0) return found;
  throw new AutoSyncError({
    code: 'usage',
    what: `There is no sibling "${name}".`,
    next: `The configuration names: ${config.siblings.map((sibling) => sibling.name).join(', ') || 'none'}.`,
  });
}

/** What cannot be honoured yet is refused before anything happens, never quietly done another way. */
function refuseUnknownWays(config: Config): void {
  if (config.land.how !== 'pull-request') return;
  throw new AutoSyncError({
    code: 'usage',
    what: '"land.how" is "pull-request", which this version cannot do yet.',
    next: 'Set it to "branch" or "auto" to land on local branches.',
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

async function runOnce(options: EngineOptions, command: 'scan' | 'sync', how: RunOptions): Promise<RunReport> {
  const access: Access = command === 'sync' && !how.dryRun ? 'land' : 'write';
  return opened(options, access, async ({ ports, config, log, finished }) => {
    refuseUnknownWays(config);
    const run = newRunId(ports.clock());
    try {
      const report = await runPipeline(ports, {
        run,
        command,
        dryRun: how.dryRun,
        config,
        siblings: chosen(config, how.sibling),
        signal: how.signal,
      });
      const moved = report.siblings.filter((sibling) => !sibling.unchanged).map(({ name, error }) => ({ name, error }));
      if (moved.length > 0) log.write('info', 'run ended', { run, command, siblings: moved });
      return { ...report, notes: [...ports.store.health.notes, ...finished, ...report.notes] };
    } catch (error) {
      await closeRun(ports, run, error);
      throw error;
    }
  });
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

async function readStatus(options: EngineOptions) {
  const root = await findRoot(options.workspace);
  const config = await neededConfig(root);
  const target = await readTarget(root, config.target.branch, config.target.remote);
  const store = await openStore(storeOptions(options, root, null, true));
  try {
    return statusOf(store, config, target);
  } finally {
    await store.close();
  }
}

async function init(options: EngineOptions, signal: AbortSignal) {
  const root = await findRoot(options.workspace);
  const target = await readTarget(root, null, 'origin');
  return initFamily({
    readConfig: () => readConfigText(root),
    writeConfig: (text) => writeConfigText(root, text),
    relatives: async () => findRelatives(await openQuarantine(target, options.cache), target, 'origin', signal),
  });
}

async function doctor(options: EngineOptions, signal: AbortSignal) {
  const root = await findRoot(options.workspace);
  const config = async (): Promise<Config> => neededConfig(root);
  const port = async (): Promise<GitPort> => openGit(gitOptions(options, root, await config()));
  return examine({
    gitVersion: gitCapabilities,
    target: async () => readTarget(root, (await configOf(root))?.config.target.branch ?? null, 'origin'),
    config,
    askSibling: async (sibling) => (await port()).tipOf(sibling, signal),
    state: async () => {
      const store = await openStore(storeOptions(options, root, null, true));
      await store.close();
      return store.health;
    },
    toolchain: async () =>
      createChecks({ config: (await config()).validate, cacheFolder: cacheFolderOf(root, options.cache) }).detect(root),
    hasSourceToken: () => sourceSecret(options.environment) !== null,
  });
}

async function readRows(options: EngineOptions) {
  const store = await openStore(storeOptions(options, await findRoot(options.workspace), null, true));
  try {
    return store.commits();
  } finally {
    await store.close();
  }
}

/** Composes the real git, checks and store into what an entry can ask for. Every command opens and closes what it needs. */
export function createEngine(options: EngineOptions): Engine {
  const write = <T>(work: (opened: Opened) => Promise<T>): Promise<T> => opened(options, 'write', work);
  const land = <T>(work: (opened: Opened) => Promise<T>): Promise<T> => opened(options, 'land', work);
  const read = <T>(work: (opened: Opened) => Promise<T>): Promise<T> => opened(options, 'read', work);
  const root = (): Promise<string> => findRoot(options.workspace);
  return {
    scan: (how) => run(options, 'scan', { ...how, dryRun: false }),
    sync: (how) => run(options, 'sync', how),
    status: () => readStatus(options),
    explain: (sha, signal) => read(({ ports, config }) => explainCommit(ports, config, sha, signal)),
    audit: (how) => read(({ ports, config }) => auditSiblings(ports, config, chosen(config, how.sibling), how.signal)),
    apply: (shas, signal) =>
      land(async ({ ports, config }) => {
        const id = newRunId(ports.clock());
        const started = new Date(ports.clock()).toISOString();
        const head = await applyCommits(ports, { run: id, config, shas, signal });
        return appliedReport(ports, { run: id, startedAt: started, head });
      }),
    decline: (sha, how) =>
      write(({ ports }) => declineCommit(ports, sha, { ...how, signal: new AbortController().signal })),
    undo: (given, signal) =>
      land(async ({ ports }) => {
        const id = newRunId(ports.clock());
        const started = new Date(ports.clock()).toISOString();
        const head = await undoRun(ports, given, id, signal);
        return undoneReport(ports, { run: id, startedAt: started, head });
      }),
    config: async () => {
      const { config, origins } = (await configOf(await root())) ?? readConfig(null);
      return describeConfig(config, origins);
    },
    init: (signal) => init(options, signal),
    doctor: (signal) => doctor(options, signal),
    backup: () =>
      write(async ({ ports }) => {
        await ports.store.snapshot();
        const kept = await keepCurrent(ports.git.target.root, 'asked', ports.clock());
        if (kept === null)
          throw new AutoSyncError({
            code: 'usage',
            what: 'There is nothing to back up yet.',
            next: 'Run `autosync scan` first.',
          });
        return kept;
      }),
    backups: async () => (await listBackups(await root())).map(({ name }) => ({ name, at: momentOfBackup(name) })),
    restore: async (name) => {
      await restoreBackup(storeOptions(options, await root(), null, false), name);
    },
    rows: () => readRows(options),
    writeReport: async (markdown, date) => writeReportFile(await root(), date, markdown),
  };
}
