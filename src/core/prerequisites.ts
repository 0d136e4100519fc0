import type { Sha } from './commit.js';
import type { Judged } from './judged.js';
import { sanitize } from './sanitize.js';
import type { Prerequisite, Standing } from './standing.js';

const MOST = 10;
const NOT_LACKING: ReadonlySet<Standing> = new Set(['present', 'landed', 'cancelled']);

/** Which commits touch a path, by their place in the list, so that long histories are not searched for each commit. */
export type PathIndex = ReadonlyMap<string, readonly number[]>;

/** Indexes commits by the paths they change. */
export function indexPaths(all: readonly Judged[]): PathIndex {
  const index = new Map<string, number[]>();
  for (const [place, judged] of all.entries()) {
    for (const { path } of judged.commit.changes) {
      const places = index.get(path);
      if (places === undefined) index.set(path, [place]);
      else places.push(place);
    }
  }
  return index;
}

const placesBefore = (index: PathIndex, paths: readonly string[], place: number): readonly number[] =>
  [...new Set(paths.flatMap((path) => (index.get(path) ?? []).filter((other) => other < place)))].sort(
    (one, other) => one - other,
  );

/**
 * Earlier commits of the sibling that touch the given paths and that the target lacks, nearest last. `all` are the
 * sibling's incoming commits, oldest first, and `place` is where the one in question stands among them.
 */
export function prerequisitesOf(
  all: readonly Judged[],
  index: PathIndex,
  place: number,
  paths: readonly string[],
): readonly Prerequisite[] {
  const wanted = new Set(paths);
  const lacking = placesBefore(index, paths, place).filter(
    (other) => !NOT_LACKING.has(all[other]?.settled?.standing ?? 'candidate'),
  );
  return lacking.slice(-MOST).flatMap((other): Prerequisite[] => {
    const judged = all[other];
    if (judged === undefined) return [];
    const shared = judged.commit.changes.map((file) => file.path).filter((path) => wanted.has(path));
    return [
      {
        sha: judged.commit.sha,
        subject: sanitize(judged.commit.subject, 120),
        standing: judged.settled?.standing ?? 'candidate',
        paths: shared.map((path) => sanitize(path)),
      },
    ];
  });
}

/** The commits before `place` that change a file that the one there changes too, nearest last; the nearest hundred. */
export function needsOf(all: readonly Judged[], index: PathIndex, place: number): readonly Sha[] {
  const kept = all[place]?.kept ?? [];
  return placesBefore(index, kept, place)
    .slice(-100)
    .flatMap((other) => all[other]?.commit.sha ?? []);
}
