import { fetchState, pushState, type SharedStatePorts } from '../actions/sharedState.js';
import type { Config } from '../core/config.js';
import type { Engine } from '../core/engine.js';
import { AutoSyncError } from '../core/errors.js';
import { type SharedStateReport, type SharedStateRow, sharedStateRef } from '../core/sharedState.js';
import { openQuarantine } from '../git/quarantine.js';
import { fetchShared, isOpenToAll, MOST_SHARED, pushShared, type SharedRoom } from '../git/sharedRef.js';
import { findRoot, readTarget } from '../git/target.js';
import { sourceSecret } from '../secrets/environment.js';
import type { StoreSession } from '../store/session.js';
import { readShared } from '../store/sharedState.js';
import { adoptShared, exportSibling } from '../store/shareState.js';
import { loadSqlEngine } from '../store/sqlEngine.js';
import { readStateBase, writeStateBase } from '../store/stateRefs.js';
import { openSession } from '../store/store.js';
import { openPlaceOf, targetPlaceOf } from './forge.js';
import { clockOf, type EngineOptions, neededConfig, storeOptions } from './opened.js';
import { chosen } from './runs.js';

/** One open workspace whose state is shared. */
interface Sharing {
  readonly options: EngineOptions;
  readonly root: string;
  readonly session: StoreSession;
  readonly room: SharedRoom;
}

function fitting(sibling: string, text: string): string {
  const size = Buffer.byteLength(text);
  if (size <= MOST_SHARED) return text;
  throw new AutoSyncError({
    code: 'usage',
    what: `What is remembered of ${sibling} is too large to be shared (${Math.ceil(size / 1_048_576)} MiB).`,
    next: 'The run itself is done; the next one starts from what the ref holds.',
  });
}

function portsOf({ options, root, session, room }: Sharing, sibling: string, ref: string): SharedStatePorts {
  const { wasm } = options;
  const message = `autosync: what is remembered of ${sibling}\n`;
  return {
    bring: () => fetchShared(room, ref),
    send: (text, before, parents) =>
      pushShared(room, { ref, before, parents, text: fitting(sibling, text), message, now: clockOf(options)() }),
    own: () => exportSibling(root, session, sibling, wasm),
    read: async (bytes) => {
      const read = await readShared(await loadSqlEngine(wasm), bytes, sibling);
      return read.kind === 'good' ? { kind: 'good', take: () => adoptShared(root, session, read.content) } : read;
    },
    base: () => readStateBase(root, ref),
    keepBase: (base) => writeStateBase(root, ref, base),
  };
}

async function roomOf(options: EngineOptions, root: string, config: Config, signal: AbortSignal) {
  const target = await readTarget(root, config.target.branch, config.target.remote);
  const place = await targetPlaceOf(root, config, options.environment);
  const quarantine = await openQuarantine(target, options.cache);
  return { branch: target.branch, room: { quarantine, format: target.objectFormat, place, signal } };
}

type ShareRequest = Parameters<Engine['shareState']>[0];

/** True when what is known of siblings that only a token may read would lie open on the target. */
async function wouldTell({ environment }: EngineOptions, request: ShareRequest, root: string, config: Config) {
  const { direction, open, signal } = request;
  if (direction === 'fetch' || open === true || sourceSecret(environment) === null) return false;
  return isOpenToAll({ place: await openPlaceOf(root, config, environment), signal });
}

async function share(options: EngineOptions, request: ShareRequest): Promise<SharedStateReport> {
  const { direction, sibling, signal } = request;
  const root = await findRoot(options.workspace);
  const config = await neededConfig(root);
  const wanted = chosen(config, sibling);
  // The lock first, and without trailers: what is rebuilt from them would count as a state of this workspace.
  const session = await openSession(storeOptions(options, root, null, false));
  try {
    const { branch, room } = await roomOf(options, root, config, signal);
    const isHeld = await wouldTell(options, request, root, config);
    const rows: SharedStateRow[] = [];
    for (const { name } of wanted) {
      const ref = sharedStateRef(name, branch);
      const ports = portsOf({ options, root, session, room }, name, ref);
      const share = direction === 'fetch' ? fetchState : pushState;
      rows.push({ sibling: name, ref, ...(isHeld ? { outcome: 'open', why: null } : await share(ports)) });
    }
    return { direction, siblings: rows, notes: session.health.notes };
  } finally {
    await session.close();
  }
}

/** The commands that share the state between machines through the target's remote. */
export function sharedStateOf(options: EngineOptions): Pick<Engine, 'shareState'> {
  return { shareState: (request) => share(options, request) };
}
