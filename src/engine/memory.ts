import { resolve } from 'node:path';
import { commitsWithChains } from '../actions/chainWords.js';
import { incomingPathsOf } from '../actions/incomingPaths.js';
import { overviewOf } from '../actions/overview.js';
import { statusOf } from '../actions/status.js';
import type { Config } from '../core/config.js';
import type { EditorEngine } from '../core/engine.js';
import type { StoredCommit } from '../core/facts.js';
import type { TargetView } from '../core/gitPort.js';
import type { StorePort } from '../core/ports.js';
import { findRoot, readTarget } from '../git/target.js';
import { isBeingWritten } from '../store/beingWritten.js';
import { readChecked } from '../store/checkedAt.js';
import { stateStamp } from '../store/stateStamp.js';
import { openStore } from '../store/store.js';
import { landingPlaceOf } from './forge.js';
import { type EngineOptions, neededConfig, storeOptions } from './opened.js';
import { hadPullRequests } from './signedOut.js';

/** Opens the store to read only, for as long as `work` takes. */
export async function remembered<T>(
  options: EngineOptions,
  root: string,
  work: (store: StorePort) => Promise<T> | T,
): Promise<T> {
  const store = await openStore(storeOptions(options, root, null, true));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A target as the commands that only remember need it: policy and head, no quarantine. */
async function known(
  options: EngineOptions,
): Promise<{ readonly root: string; readonly config: Config; readonly target: TargetView }> {
  const root = await findRoot(options.workspace);
  const config = await neededConfig(root);
  return { root, config, target: await readTarget(root, config.target.branch, config.target.remote) };
}

/** The rows of the store, read again only when its files changed: the editor asks for one after the other. */
function rowsCache(options: EngineOptions): () => Promise<ReadonlyMap<string, StoredCommit>> {
  let kept: { readonly stamp: string; readonly rows: ReadonlyMap<string, StoredCommit> } | null = null;
  return async () => {
    const root = await findRoot(options.workspace);
    const stamp = await stateStamp(root);
    if (kept?.stamp === stamp) return kept.rows;
    const commits = await remembered(options, root, commitsWithChains);
    const rows = new Map(commits.map((row) => [`${row.sibling} ${row.commit.sha}`, row]));
    kept = { stamp, rows };
    return rows;
  };
}

/** The commands that are answered from the store alone. */
export function memoryOf(
  options: EngineOptions,
): Pick<EditorEngine, 'status' | 'overview' | 'rows' | 'incoming' | 'incomingPaths'> {
  const rows = rowsCache(options);
  return {
    status: async () => {
      const { root, config, target } = await known(options);
      return remembered(options, root, (store) => statusOf(store, config, target));
    },
    overview: async () => {
      const root = await findRoot(options.workspace);
      const config = await neededConfig(root);
      const [target, checkedAt] = await Promise.all([
        readTarget(root, config.target.branch, config.target.remote),
        readChecked(root),
      ]);
      const folderOf = (path: string): string => resolve(root, path);
      const overview = await remembered(options, root, async (store) =>
        overviewOf({
          store,
          config,
          target: { root, branch: target.branch, head: target.head },
          lands: await landingPlaceOf(root, config, options.environment, {
            byPullRequests: hadPullRequests(store),
          }),
          checkedAt,
          folderOf,
        }),
      );
      // Asked last: a run holds the lock as long as the store calls it running.
      return { ...overview, busy: await isBeingWritten(root) };
    },
    rows: async () => [...(await rows()).values()],
    incomingPaths: async () => {
      const { siblings } = await neededConfig(await findRoot(options.workspace));
      return incomingPathsOf((await rows()).values(), new Set(siblings.map(({ name }) => name)));
    },
    incoming: async (sibling, sha) => (await rows()).get(`${sibling} ${sha}`)?.commit ?? null,
  };
}
