import { type Commit, isMerge, type Sha } from '../core/commit.js';
import type { AppliedMatch } from '../core/gitPort.js';
import { readTrailers } from '../core/message.js';
import type { ContentCache } from './contentCache.js';
import type { GitPlace } from './environment.js';
import { type PatchIdKind, patchIds } from './patchId.js';

/** What the ladder is told: both sides' commits since they parted. */
export interface BothSides {
  readonly incoming: readonly Commit[];
  /** Commits of the target that the sibling lacks. */
  readonly target: readonly Commit[];
}

interface Ladder {
  readonly place: GitPlace;
  readonly cache: ContentCache;
  readonly signal?: AbortSignal | undefined;
}

/** Paths and statuses of a change: two commits with one patch-id always agree in it, so nothing else is hashed. */
export function shapeOf(commit: Pick<Commit, 'changes'>): string {
  return commit.changes
    .map((file) => `${file.status}${file.path}`)
    .sort()
    .join('\0');
}

const withoutNumber = (subject: string): string => subject.replace(/\s*\(#\d+\)\s*$/, '').trim();

/** The same person at the same second, or the same words: what must agree before context may be ignored. */
function sameOrigin(one: Commit, other: Commit): boolean {
  const sameAuthor = one.author.email === other.author.email && one.author.seconds === other.author.seconds;
  return sameAuthor || withoutNumber(one.subject) === withoutNumber(other.subject);
}

/** Commits of the target that another commit of the target reverted, with the reverting one. */
export function revertedIn(target: readonly Commit[]): ReadonlyMap<Sha, Sha> {
  const reverted = new Map<Sha, Sha>();
  // Newest first: a revert that was itself reverted takes nothing away.
  for (const commit of target) {
    if (reverted.has(commit.sha)) continue;
    for (const sha of readTrailers(commit.message).reverts) reverted.set(sha, commit.sha);
  }
  return reverted;
}

function byTrailer(sides: BothSides): ReadonlyMap<Sha, Commit> {
  const wanted = new Set(sides.incoming.map((commit) => commit.sha));
  const found = new Map<Sha, Commit>();
  for (const commit of sides.target) {
    const trailers = readTrailers(commit.message);
    for (const sha of [...trailers.origins.map((origin) => origin.sha), ...trailers.pickedFrom]) {
      if (wanted.has(sha) && !found.has(sha)) found.set(sha, commit);
    }
  }
  return found;
}

/** Pairs of commits, one of each side, that change the same paths in the same way. */
function sameShape(
  incoming: readonly Commit[],
  target: readonly Commit[],
): { incoming: readonly Commit[]; target: readonly Commit[] } {
  const plain = (commits: readonly Commit[]): readonly Commit[] =>
    commits.filter((commit) => !isMerge(commit) && commit.changes.length > 0);
  const shapes = (commits: readonly Commit[]): ReadonlySet<string> => new Set(plain(commits).map(shapeOf));
  const here = shapes(target);
  const there = shapes(incoming);
  return {
    incoming: plain(incoming).filter((commit) => here.has(shapeOf(commit))),
    target: plain(target).filter((commit) => there.has(shapeOf(commit))),
  };
}

/**
 * Each commit of the target answers for one incoming commit: a change that was made, taken back and made again is
 * there twice, and a pick of the first must not pass for the second.
 */
function pairUp(
  incoming: readonly Commit[],
  matchesOf: (commit: Commit) => readonly Commit[],
  known: ReadonlyMap<Sha, AppliedMatch>,
): ReadonlyMap<Sha, Commit> {
  const taken = new Map([...known].map(([sha, match]) => [match.in, sha]));
  const pairs = new Map<Sha, Commit>();
  for (const commit of incoming) {
    const match = matchesOf(commit).find((other) => (taken.get(other.sha) ?? commit.sha) === commit.sha);
    if (match === undefined) continue;
    taken.set(match.sha, commit.sha);
    pairs.set(commit.sha, match);
  }
  return pairs;
}

async function byPatchId(
  ladder: Ladder,
  sides: BothSides,
  kind: PatchIdKind,
  known: ReadonlyMap<Sha, AppliedMatch>,
): Promise<ReadonlyMap<Sha, Commit>> {
  const same = sameShape(sides.incoming, sides.target);
  if (same.incoming.length === 0 || same.target.length === 0) return new Map();
  const shas = [...same.incoming, ...same.target].map((commit) => commit.sha);
  const ids = await patchIds(ladder.place, ladder.cache, shas, { kind, signal: ladder.signal });
  const inTarget = new Map<string, Commit[]>();
  for (const commit of same.target) {
    const id = ids.get(commit.sha);
    if (id !== undefined) inTarget.set(id, [...(inTarget.get(id) ?? []), commit]);
  }
  const matchesOf = (commit: Commit): readonly Commit[] =>
    (inTarget.get(ids.get(commit.sha) ?? '') ?? []).filter((other) => kind === 'patch-id' || sameOrigin(commit, other));
  return pairUp(same.incoming, matchesOf, known);
}

/** Pairs that may be the same change under another context: same shape, and the same author and second or words. */
function kin(sides: BothSides): BothSides {
  const byShape = new Map<string, Commit[]>();
  for (const commit of sides.target) byShape.set(shapeOf(commit), [...(byShape.get(shapeOf(commit)) ?? []), commit]);
  const pairs = sides.incoming.map((commit) => ({
    commit,
    others: (byShape.get(shapeOf(commit)) ?? []).filter((other) => sameOrigin(commit, other)),
  }));
  const related = pairs.filter(({ others }) => others.length > 0);
  return {
    incoming: related.map(({ commit }) => commit),
    target: [...new Set(related.flatMap(({ others }) => others))],
  };
}

/**
 * The equivalence ladder (design: product, "Integrate"): which incoming commits the target already has, by origin
 * trailer, by patch-id, and by patch-id without context where author or subject agree as well. Skipping must never
 * be wrong, so a match that the target reverted again says so.
 */
export async function findApplied(ladder: Ladder, sides: BothSides): Promise<ReadonlyMap<Sha, AppliedMatch>> {
  const reverted = revertedIn(sides.target);
  const found = new Map<Sha, AppliedMatch>();
  const add = (matches: ReadonlyMap<Sha, Commit>, by: AppliedMatch['by']): void => {
    for (const [sha, match] of matches) {
      const { run } = readTrailers(match.message);
      const known = found.get(sha);
      // One that still stands says more than one that was taken back.
      if (known === undefined || (known.revertedBy !== null && !reverted.has(match.sha)))
        found.set(sha, { by, in: match.sha, tree: match.tree, run, revertedBy: reverted.get(match.sha) ?? null });
    }
  };
  add(byTrailer(sides), 'origin-trailer');
  add(await byPatchId(ladder, sides, 'patch-id', found), 'patch-id');
  const open = sides.incoming.filter((commit) => !found.has(commit.sha));
  add(
    await byPatchId(ladder, kin({ incoming: open, target: sides.target }), 'context-free-patch-id', found),
    'context-free-patch-id',
  );
  return found;
}
