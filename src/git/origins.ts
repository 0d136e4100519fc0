import type { Sha } from '../core/commit.js';
import { readTrailers } from '../core/message.js';
import type { Room } from './room.js';
import { runGit } from './run.js';
import { decode } from './tokens.js';

/** Origins that the trailers of the target's log record. */
export async function origins(room: Room, head: Sha, signal: AbortSignal) {
  const { out } = await runGit({
    // Where work lands through a forge, the head may be here alone; the target's own objects are at hand here too.
    place: room.quarantine.place,
    args: ['log', '-z', '--format=%H%x00%B', '--fixed-strings', '--grep=AutoSync-Origin:', head, '--'],
    signal,
  });
  const tokens = decode(out).text.split('\0');
  return tokens.flatMap((pick, index) => {
    if (index % 2 === 1) return [];
    const trailers = readTrailers(tokens[index + 1] ?? '');
    return trailers.origins.map(({ sibling, sha }) => ({ sibling, origin: sha, pick, run: trailers.run }));
  });
}
