import type { Sha } from '../core/commit.js';
import type { PickRequest } from '../core/gitPort.js';
import { isLockfile, isManifest } from '../core/lockfiles.js';
import type { Ports } from '../core/ports.js';

/**
 * The lockfiles that a pick on `base` leaves to be made anew from the merged manifests, which only a run does: what is
 * tried until then holds the target's. None where the pick does not fit.
 */
export async function unmadeBy(
  git: Ports['git'],
  base: Sha,
  pick: Omit<PickRequest, 'message'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (!pick.commit.changes.some(({ path }) => isManifest(path) || isLockfile(path))) return [];
  const { results } = await git.chain(base, [{ ...pick, message: '' }], signal);
  return results.flatMap((result) => (result.kind === 'picked' ? (result.stale ?? []) : []));
}
