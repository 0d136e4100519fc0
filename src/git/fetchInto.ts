import type { Sha } from '../core/commit.js';
import type { SiblingConfig } from '../core/config.js';
import type { FetchedSibling, SiblingTip } from '../core/gitPort.js';
import { fetchSibling, siblingRef } from './fetch.js';
import { inspectFetched } from './inspect.js';
import { remoteOf } from './remote.js';
import type { Room } from './room.js';
import { runGit } from './run.js';

/**
 * Fetches a sibling and looks at what came before anything unfolds it; what is refused leaves no ref behind.
 * Throws the `sibling-*` problems.
 */
export async function fetchInto(
  room: Room,
  sibling: SiblingConfig,
  tip: SiblingTip,
  signal: AbortSignal,
): Promise<FetchedSibling> {
  const remote = await remoteOf(room.target.root, sibling, room.options.source);
  if (room.quarantine.refs.get(siblingRef(sibling.name)) === tip.tip)
    return fetchSibling(room.quarantine, room.ids, remote, tip, room.target.head, signal);
  const known = await knownTips(room);
  const fetched = await fetchSibling(room.quarantine, room.ids, remote, tip, room.target.head, signal);
  if (!known.includes(fetched.tip)) {
    await inspectFetched(room.quarantine.place, sibling.name, fetched.tip, [room.target.head, ...known], signal).catch(
      async (error: unknown) => {
        await runGit({ place: room.quarantine.place, args: ['update-ref', '-d', siblingRef(sibling.name)] });
        throw error;
      },
    );
  }
  return fetched;
}

async function knownTips(room: Room): Promise<readonly Sha[]> {
  const { out } = await runGit({
    place: room.quarantine.place,
    args: ['for-each-ref', '--format=%(objectname)', 'refs/autosync/siblings/'],
  });
  return out
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}
