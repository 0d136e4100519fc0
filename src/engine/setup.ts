import { examine } from '../actions/doctor.js';
import { initFamily, usableRelatives } from '../actions/init.js';
import { createChecks } from '../checks/checks.js';
import { isolationHere } from '../checks/isolation.js';
import { addSiblings } from '../core/addSiblings.js';
import { CONFIG_FILE, type Config } from '../core/config.js';
import { describeConfig } from '../core/describeConfig.js';
import type { EditorEngine } from '../core/engine.js';
import { readConfig } from '../core/readConfig.js';
import { lsRemote } from '../git/lsRemote.js';
import { cacheFolderOf, openQuarantine } from '../git/quarantine.js';
import { findRelatives } from '../git/relatives.js';
import { remoteOf } from '../git/remote.js';
import { findRoot, readTarget } from '../git/target.js';
import { gitCapabilities } from '../git/version.js';
import { sourceSecret } from '../secrets/environment.js';
import { readConfigText, writeConfigText } from '../store/configFile.js';
import { forgePlaceOf, lackingToken, openForge } from './forge.js';
import { remembered } from './memory.js';
import { configOf, type EngineOptions, neededConfig } from './opened.js';
import { hadPullRequests, signedOut } from './signedOut.js';

async function relativesOf(options: EngineOptions, root: string, signal: AbortSignal) {
  const target = await readTarget(root, null, 'origin');
  return findRelatives(await openQuarantine(target, options.cache), target, 'origin', signal);
}

async function init(options: EngineOptions, signal: AbortSignal) {
  const root = await findRoot(options.workspace);
  return initFamily({
    readConfig: () => readConfigText(root),
    writeConfig: (text) => writeConfigText(root, text),
    relatives: () => relativesOf(options, root, signal),
  });
}

/** What is configured already is not offered again. */
async function newRelatives(options: EngineOptions, signal: AbortSignal) {
  const root = await findRoot(options.workspace);
  const siblings = (await configOf(root))?.config.siblings ?? [];
  const { found, looked } = await relativesOf(options, root, signal);
  const isNew = ({ url, path }: { readonly url: string | null; readonly path: string | null }): boolean =>
    !siblings.some((one) => (url !== null && one.url === url) || (path !== null && one.path === path));
  const taken = siblings.map(({ name }) => name);
  return { found: usableRelatives(found.filter(isNew), taken), looked };
}

async function doctor(options: EngineOptions, signal: AbortSignal) {
  const root = await findRoot(options.workspace);
  const config = async (): Promise<Config> => neededConfig(root);
  const source = () => sourceSecret(options.environment);
  return examine({
    gitVersion: gitCapabilities,
    target: async () => {
      const { branch = null, remote = 'origin' } = (await configOf(root).catch(() => null))?.config.target ?? {};
      return readTarget(root, branch, remote);
    },
    config,
    // Without the quarantine: it is made by whoever holds the target's lock.
    askSibling: async (sibling) => lsRemote(await remoteOf(root, sibling, source()), sibling, signal),
    state: () => remembered(options, root, (store) => store.health),
    toolchain: async () =>
      createChecks({ config: (await config()).validate, cacheFolder: cacheFolderOf(root, options.cache) }).detect(root),
    hasSourceToken: () => source() !== null,
    forge: async () => preflightOf(options, root, await config(), signal),
    isolation: async () => (await isolationHere()).kind,
  });
}

/** What the target's token may do; the branch is the one that is to receive work. */
async function preflightOf(options: EngineOptions, root: string, config: Config, signal: AbortSignal) {
  const place = await forgePlaceOf(root, config, options.environment);
  if (place === null) {
    const lacking = await lackingToken(root, config, options.environment);
    if (lacking !== null && (await remembered(options, root, hadPullRequests))) throw signedOut(lacking);
    return null;
  }
  const { branch } = await readTarget(root, config.target.branch, config.target.remote);
  const { autoMerge: merge, mergeMethod: method } = config.land;
  return (await openForge(place, options)).preflight(
    { base: branch, merge, method, follow: config.chain.follow },
    signal,
  );
}

/** The commands that set a family up and look whether all is well. */
export function setupOf(
  options: EngineOptions,
): Pick<EditorEngine, 'config' | 'init' | 'doctor' | 'relatives' | 'addSiblings'> {
  const root = (): Promise<string> => findRoot(options.workspace);
  return {
    config: async () => {
      const { config, origins } = (await configOf(await root())) ?? readConfig(null);
      return describeConfig(config, origins);
    },
    init: (signal) => init(options, signal),
    doctor: (signal) => doctor(options, signal),
    relatives: (signal) => newRelatives(options, signal),
    addSiblings: async (siblings) => {
      const folder = await root();
      await writeConfigText(folder, addSiblings(await readConfigText(folder), siblings), { overwrite: true });
      return CONFIG_FILE;
    },
  };
}
