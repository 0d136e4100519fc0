import type { Sha } from '../core/commit.js';
import type { Resolution } from '../core/facts.js';
import type { PickResult } from '../core/gitPort.js';
import { isOpen, type Judged, keepOf, settle } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import { resolutionOf, resolvedBy } from '../core/resolution.js';
import type { Integrated } from '../pipeline/integrate.js';

/** Commits that were tried alone. */
interface Tried extends Integrated {
  /** What conflicts, with the paths that are known to conflict. */
  readonly conflicts: ReadonlyMap<Sha, readonly string[]>;
}

type Tools = Pick<Ports, 'git' | 'store'>;

interface On {
  readonly head: Sha;
  readonly signal: AbortSignal;
}

const isFiltered = ({ settled }: Judged): boolean => settled?.standing === 'filtered';

/** The resolutions of commits that conflict, and of those that a rule dropped before they were tried. */
async function resolutionsFor(tools: Tools, look: Tried, { signal }: On): Promise<ReadonlyMap<Sha, Resolution>> {
  const known = tools.store.resolutions();
  if (known.length === 0) return new Map();
  const asked = look.judged.filter((judged) => look.conflicts.has(judged.commit.sha) || isFiltered(judged));
  const ids = await tools.git.patchIds([...look.conflicts.keys()], signal);
  return new Map(
    asked.flatMap(({ commit: { sha } }) => {
      const found = resolutionOf(known, sha, ids.get(sha));
      return found === undefined ? [] : [[sha, found] as const];
    }),
  );
}

/** What the pick of a commit comes to alone on the head, with its conflicts resolved. */
async function pickAlone(git: Tools['git'], judged: Judged, { files }: Resolution, on: On): Promise<PickResult> {
  const keep = keepOf(judged);
  const request = { commit: judged.commit, message: '', resolution: files, ...(keep === undefined ? {} : { keep }) };
  const { results } = await git.chain(on.head, [request], on.signal);
  return results[0] ?? { kind: 'conflict', sha: judged.commit.sha, paths: [] };
}

function withResolution(judged: Judged, resolution: Resolution, kind: PickResult['kind']): Judged {
  const { by, at, files } = resolution;
  const resolved: Judged = { ...judged, resolved: { by, at, files, fits: kind !== 'conflict' } };
  if (kind !== 'empty' || !isOpen(judged)) return resolved;
  const reason = `As it was resolved by ${resolvedBy(resolution)}, it changes nothing in the target.`;
  return settle(resolved, 'present', reason, { kind: 'present', by: 'no-change', in: null });
}

/**
 * Gives commits that conflict what a person made of their conflicts. Where that fits the head, the commit counts no
 * longer as conflicting, and is picked with it from here on; else it is remembered why not.
 */
export async function withResolutions(tools: Tools, look: Tried, on: On): Promise<Tried> {
  const resolutions = await resolutionsFor(tools, look, on);
  if (resolutions.size === 0) return look;
  const judged: Judged[] = [];
  const conflicts = new Map(look.conflicts);
  for (const one of look.judged) {
    const resolution = resolutions.get(one.commit.sha);
    if (resolution === undefined) judged.push(one);
    else {
      const { kind } = await pickAlone(tools.git, one, resolution, on);
      if (kind !== 'conflict') conflicts.delete(one.commit.sha);
      judged.push(withResolution(one, resolution, kind));
    }
  }
  return { ...look, judged, conflicts };
}
