import type { Sha } from '../core/commit.js';
import type { SiblingConfig } from '../core/config.js';
import type { FetchedSibling, SiblingTip } from '../core/gitPort.js';
import { fetchSibling } from './fetch.js';
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
  const { quarantine, target } = room;
  const remote = await remoteOf(target.root, sibling, room.options.source);
  const inspect = async (now: Sha): Promise<void> => {
    const known = await knownTips(room);
    if (known.includes(now)) return;
    await inspectFetched(quarantine.place, sibling.name, now, [target.head, ...known], signal);
  };
  return fetchSibling(quarantine, room.ids, remote, tip, target.head, { inspect, signal });
}

/** Tips that were looked at: those of siblings that others fetch at the same time are not among them yet. */
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
