import type { Fact } from '../core/facts.js';
import { factsOf, type StateContent } from './content.js';
import { decodeMirror } from './mirror.js';
import { readWhole } from './readFile.js';
import type { StoreSession } from './session.js';
import { contentOfSibling, encodeShared, remembersSibling } from './sharedState.js';
import { loadSqlEngine } from './sqlEngine.js';
import { STATE_FILES, statePath } from './stateFolder.js';

/** All that the one writer of a state remembers; null when that is nothing. Throws `disk`, `locked`. */
async function contentOf(root: string, session: StoreSession): Promise<StateContent | null> {
  await session.snapshot();
  const bytes = await readWhole(statePath(root, STATE_FILES.mirror));
  return (bytes === null ? null : decodeMirror(bytes))?.state ?? null;
}

/** What is remembered of one sibling as a mirror of its own; null when nothing is. Throws `disk`, `locked`. */
export async function exportSibling(
  root: string,
  session: StoreSession,
  sibling: string,
  wasm?: string,
): Promise<string | null> {
  const content = await contentOf(root, session);
  if (content === null || !remembersSibling(content, sibling)) return null;
  return encodeShared(await loadSqlEngine(wasm), contentOfSibling(content, sibling));
}

/** Adds what a shared state says; of what is here already nothing is replaced. Throws `disk`, `locked`. */
export async function adoptShared(root: string, session: StoreSession, shared: StateContent): Promise<void> {
  await session.record(missing(await contentOf(root, session), shared));
  await session.snapshot();
}

/**
 * The rows of a sibling are all taken, because none is here; those that are known by another name than its own where they
 * lack: a landing by its id and a pull request by its branch may be those of another sibling.
 */
function missing(here: StateContent | null, shared: StateContent): readonly Fact[] {
  const runs = new Set(here?.runs.map(({ run }) => run));
  const ids = new Set(here?.landings.map(({ id }) => id));
  const branches = new Set(here?.pullRequests?.map(({ branch }) => branch));
  const heads = new Set(here?.chains?.map(({ head }) => head));
  const keys = new Set(here?.checks.map(({ key }) => key));
  return factsOf({
    ...shared,
    runs: shared.runs.filter(({ run }) => !runs.has(run)),
    landings: shared.landings.filter(({ id }) => !ids.has(id)),
    pullRequests: (shared.pullRequests ?? []).filter(({ branch }) => !branches.has(branch)),
    chains: (shared.chains ?? []).filter(({ head }) => !heads.has(head)),
    checks: shared.checks.filter(({ key }) => !keys.has(key)),
  });
}
