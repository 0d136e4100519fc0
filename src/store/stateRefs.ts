import type { Sha } from '../core/commit.js';
import { isFlag, nullable, objectOf, type Shape } from '../core/shape.js';
import type { SharedBase } from '../core/sharedState.js';
import { writeAtomically } from './atomicFile.js';
import { readWhole } from './readFile.js';
import { ensureFolder, STATE_FILES, statePath } from './stateFolder.js';

const isSha: Shape<Sha> = (value): value is Sha => typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
const isBase = objectOf<SharedBase>({ commit: nullable(isSha), refused: isFlag });

async function readAll(root: string): Promise<ReadonlyMap<string, SharedBase>> {
  const text = (await readWhole(statePath(root, STATE_FILES.refs)))?.toString('utf8') ?? '{}';
  try {
    const value: unknown = JSON.parse(text);
    const entries: readonly [string, unknown][] =
      typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.flatMap(([ref, base]) => (isBase(base) ? [[ref, base] as const] : [])));
  } catch {
    // Without it nothing is pushed over what is there: that is safe, and the next fetch tells.
    return new Map();
  }
}

/** Which commit of a shared state's ref this state goes on from; null when it never met one. Throws `disk`. */
export async function readStateBase(root: string, ref: string): Promise<SharedBase | null> {
  return (await readAll(root)).get(ref) ?? null;
}

/** Remembers that, beside the state: who removes one removes the other. Throws `disk`. */
export async function writeStateBase(root: string, ref: string, base: SharedBase): Promise<void> {
  const known = await readStateBase(root, ref);
  if (known?.commit === base.commit && known.refused === base.refused) return;
  const entries = [...new Map([...(await readAll(root)), [ref, base]])].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  await ensureFolder(root, null);
  await writeAtomically(statePath(root, STATE_FILES.refs), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}
