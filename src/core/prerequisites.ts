import type { Sha } from './commit.js';
import type { Judged } from './judged.js';
import { sanitize } from './sanitize.js';
import type { Prerequisite, Standing } from './standing.js';

const MOST = 10;
const NOT_LACKING: ReadonlySet<Standing> = new Set(['present', 'landed', 'cancelled']);

/**
 * Earlier commits of the sibling that touch the given paths and that the target lacks, nearest last. `earlier` are the
 * sibling's incoming commits before the one in question, oldest first.
 */
export function prerequisitesOf(earlier: readonly Judged[], paths: readonly string[]): readonly Prerequisite[] {
  const wanted = new Set(paths);
  const found = earlier.flatMap((judged): Prerequisite[] => {
    const standing = judged.settled?.standing ?? 'candidate';
    const shared = judged.commit.changes.map((file) => file.path).filter((path) => wanted.has(path));
    if (shared.length === 0 || NOT_LACKING.has(standing)) return [];
    return [
      {
        sha: judged.commit.sha,
        subject: sanitize(judged.commit.subject, 120),
        standing,
        paths: shared.map((path) => sanitize(path)),
      },
    ];
  });
  return found.slice(-MOST);
}

/** The commits among `picked` on which a commit builds: they change a file that it changes too. */
export function needsOf(judged: Judged, picked: readonly Judged[]): readonly Sha[] {
  const own = new Set(judged.kept);
  return picked.filter((other) => other.kept.some((path) => own.has(path))).map((other) => other.commit.sha);
}
