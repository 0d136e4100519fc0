import type { Sha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { TargetView } from '../core/gitPort.js';
import type { UpstreamPort } from '../core/upstream.js';
import type { Quarantine } from './quarantine.js';
import { commitTree, type GitOptions, type Room } from './room.js';
import { askUpstream, pushBranch, rememberedUpstream, type UpstreamPlace } from './upstream.js';

/** The target's remote, as it was last seen or left by a push. */
export function upstreamPort(room: Room): UpstreamPort {
  let known = room.upstream;
  return {
    upstream: () => known,
    askUpstream: async (signal) => {
      known = await askUpstream(room.quarantine, placeOf(room), room.target.branch, signal);
      return known;
    },
    push: async ({ branch, before, after }, signal) => {
      await pushBranch(room.quarantine, placeOf(room), { ref: `refs/heads/${branch}`, before, after }, signal);
      known = known === null ? null : { ...known, lanes: movedLanes(known.lanes, branch, after) };
    },
  };
}

function movedLanes(lanes: ReadonlyMap<string, Sha>, branch: string, after: Sha | null): ReadonlyMap<string, Sha> {
  const others = [...lanes].filter(([name]) => name !== branch);
  return new Map(after === null ? others : [...others, [branch, after]]);
}

function placeOf({ options: { upstream } }: Room): UpstreamPlace {
  if (upstream !== undefined) return upstream;
  throw new AutoSyncError({ code: 'usage', what: 'The target has no remote to push to.', next: 'Land on branches.' });
}

/** The target as it is received by a forge: its branch is that of the remote. */
export async function asReceived(
  target: TargetView,
  quarantine: Quarantine,
  place: NonNullable<GitOptions['upstream']>,
): Promise<Pick<Room, 'target' | 'upstream'>> {
  const upstream =
    place.ask === null
      ? await rememberedUpstream(quarantine, target.branch)
      : await askUpstream(quarantine, place, target.branch, place.ask);
  if (upstream === null) return { target, upstream };
  const headTree = await commitTree(quarantine, upstream.head);
  return { target: { ...target, head: upstream.head, headTree }, upstream };
}
