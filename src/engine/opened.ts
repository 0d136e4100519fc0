import { randomBytes } from 'node:crypto';
import { createChecks } from '../checks/checks.js';
import { CONFIG_FILE, type Config } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { ForgeRepository } from '../core/forgePort.js';
import type { GitPort } from '../core/gitPort.js';
import type { Notice, Ports, Progress, StorePort } from '../core/ports.js';
import { type ReadConfig, readConfig } from '../core/readConfig.js';
import { createRedactor } from '../core/redaction.js';
import { openGit } from '../git/git.js';
import { cacheFolderOf } from '../git/quarantine.js';
import type { GitOptions } from '../git/room.js';
import { findRoot } from '../git/target.js';
import type { Patience } from '../github/patience.js';
import { finishLandings } from '../pipeline/land.js';
import { type Environment, knownSecrets, sourceSecret } from '../secrets/environment.js';
import { readConfigText } from '../store/configFile.js';
import { type Log, openLog } from '../store/log.js';
import { openStore, type StoreOptions } from '../store/store.js';
import { forgePlaceOf, knownPlace, lackingToken, openForge, upstreamPlace } from './forge.js';
import { handOver, takeOver } from './reap.js';
import { landsByPullRequests } from './signedOut.js';

/** What an entry hands to the engine. */
export interface EngineOptions {
  /** A folder inside the target's working tree. */
  readonly workspace: string;
  readonly environment: Environment;
  readonly progress: Progress;
  /** What others are told that wait for it. Default: the name of its program. */
  readonly command?: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
  /** The user's cache folder. Default: by the platform's convention. */
  readonly cache?: string;
  /** How long the target's forge is waited for. Default: as it asks. */
  readonly patience?: Partial<Patience>;
  /** Path of `sql-wasm.wasm`. Default: beside the bundle, else in node_modules. */
  readonly wasm?: string;
}

/** What most commands work with. */
export interface Opened {
  readonly ports: Ports;
  readonly config: Config;
  readonly log: Log;
  /** What was finished of a run that was cut off. */
  readonly finished: readonly string[];
  /** What a person was to be told so far. */
  readonly notices: readonly Notice[];
  /** Where pull requests wait because there is no token for it any more; nothing may land then. Null: nothing waits for one. */
  readonly signedOut: ForgeRepository | null;
}

/** A run's id: its moment, so that ids sort, and six random digits. */
export const newRunId = (now: number): string =>
  `${new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)}-${randomBytes(3).toString('hex')}`;

/** The clock a command goes by. */
export const clockOf = (options: EngineOptions): (() => number) => options.clock ?? Date.now;

/** The policy of a target; null when it has none. Throws `config`. */
export async function configOf(root: string): Promise<ReadConfig | null> {
  const text = await readConfigText(root);
  return text === null ? null : readConfig(text, CONFIG_FILE);
}

/** The policy of a target. Throws `no-config`, `config`. */
export async function neededConfig(root: string): Promise<Config> {
  const read = await configOf(root);
  if (read === null) throw new AutoSyncError({ code: 'no-config', file: CONFIG_FILE });
  return read.config;
}

/** How the git side of a target is opened. */
export const gitOptions = (
  options: EngineOptions,
  root: string,
  config: Config,
  upstream?: GitOptions['upstream'],
): GitOptions => ({
  folder: root,
  upstream,
  branch: config.target.branch,
  remote: config.target.remote,
  source: sourceSecret(options.environment),
  cache: options.cache,
  clock: clockOf(options),
});

/** How the store of a target is opened; without git it cannot be rebuilt from trailers. */
export const storeOptions = (
  options: EngineOptions,
  root: string,
  git: (() => Promise<GitPort>) | null,
  readOnly: boolean,
): StoreOptions => ({
  root,
  clock: clockOf(options),
  readOnly,
  ...(options.command === undefined ? {} : { command: options.command }),
  ...(options.wasm === undefined ? {} : { wasm: options.wasm }),
  ...(git === null ? {} : { trailers: async () => originsOf(await git()) }),
});

const originsOf = (git: GitPort): ReturnType<GitPort['origins']> =>
  git.origins(git.target.head, new AbortController().signal);

/** Progress that leaves a line in the log for every check that has ended. */
const noting =
  (progress: Progress, log: Log): Progress =>
  (step) => {
    const { sibling, check } = step;
    if (check !== undefined && check.ended !== null) {
      const { check: name, tree, picks, ended } = check;
      log.write('info', 'check ended', { sibling, check: name, tree, picks: picks.length, ...ended });
    }
    progress(step);
  };

/** What a command does: looks, writes into `.autosync`, or lands work in the target too. */
export type Access = 'read' | 'write' | 'land';

/** Finishes landings that a kill cut off; the target is read again then, because it may have moved meanwhile. */
async function caughtUp(
  git: GitPort,
  store: StorePort,
  again: () => Promise<GitPort>,
): Promise<{ readonly git: GitPort; readonly finished: readonly string[] }> {
  if (!store.landings().some(({ phase }) => phase === 'planned')) return { git, finished: [] };
  const finished = await finishLandings({ git, store }, new AbortController().signal);
  await git.close();
  return { git: await again(), finished };
}

const knownOf = (lacking: ForgeRepository | null): GitOptions['upstream'] =>
  lacking === null ? undefined : knownPlace(lacking);

/** What was seen of a forge counts for nothing where work lands in this repository. */
async function landingHere(git: GitPort, open: () => Promise<GitPort>): Promise<GitPort> {
  if (git.upstream() === null) return git;
  await git.close();
  return open();
}

/**
 * Opens store, git, checks and log for one command, and closes them whatever happens. The store comes first: its lock
 * also keeps two commands from making the quarantine at once. Only with a signal to `ask` by is the forge asked where
 * the target stands; else what is known of it serves.
 */
export async function opened<T>(
  options: EngineOptions,
  access: Access,
  work: (opened: Opened) => Promise<T>,
  ask: AbortSignal | null = null,
): Promise<T> {
  const root = await findRoot(options.workspace);
  const config = await neededConfig(root);
  const place = await forgePlaceOf(root, config, options.environment);
  const lacking = await lackingToken(root, config, options.environment);
  const onForge = place === null ? knownOf(lacking) : { ...upstreamPlace(place), ask };
  const openAt = (upstream: GitOptions['upstream']) => openGit(gitOptions(options, root, config, upstream));
  const open = (): Promise<GitPort> => openAt(onForge);
  const held: { git: GitPort | null; store: StorePort | null } = { git: null, store: null };
  const cacheFolder = cacheFolderOf(root, options.cache);
  const needGit = async (): Promise<GitPort> => {
    if (held.git === null && access !== 'read') await takeOver(cacheFolder);
    held.git ??= await open();
    return held.git;
  };
  const log = openLog(root, createRedactor(knownSecrets(options.environment)));
  try {
    const store = await openStore(storeOptions(options, root, needGit, access === 'read'));
    held.store = store;
    const known = await needGit();
    const signedOut = landsByPullRequests({ store, git: known }) ? lacking : null;
    const git = lacking !== null && signedOut === null ? await landingHere(known, () => openAt(undefined)) : known;
    held.git = git;
    const again = (): Promise<GitPort> => openAt(git.upstream() === null ? undefined : onForge);
    const ready = access === 'land' ? await caughtUp(git, store, again) : { git, finished: [] };
    held.git = ready.git;
    const checks = createChecks({ config: config.validate, cacheFolder });
    const forge = place === null ? null : await openForge(place, options);
    const notices: Notice[] = [];
    const notify = (notice: Notice): void => void notices.push(notice);
    const progress = noting(options.progress, log);
    return await work({
      ports: { git: ready.git, checks, store, forge, clock: clockOf(options), progress, notify },
      notices,
      config,
      log,
      finished: ready.finished,
      signedOut,
    });
  } catch (error) {
    if (access !== 'read') log.write('error', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await Promise.allSettled([held.git?.close(), log.close()]);
    if (held.store !== null && access !== 'read') await handOver(cacheFolder);
    await held.store?.close();
  }
}
