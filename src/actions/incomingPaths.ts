import type { StoredCommit } from '../core/facts.js';
import type { IncomingPaths, PathOrigin } from '../core/overview.js';
import type { Standing } from '../core/standing.js';

/** Paths that are told; more marks than these help nobody. */
const MOST_PATHS = 5_000;

/** What may still come: it waits for a run, for a person, or for its conflict to be resolved. */
const OPEN: ReadonlySet<Standing> = new Set(['candidate', 'review', 'conflict']);

/** Which open commits of the named siblings would change which paths; at most 5,000 paths. */
export function incomingPathsOf(rows: Iterable<StoredCommit>, siblings: ReadonlySet<string>): IncomingPaths {
  const origins = new Map<string, PathOrigin[]>();
  for (const { sibling, commit } of rows) {
    if (!siblings.has(sibling) || !OPEN.has(commit.standing)) continue;
    for (const path of commit.files.kept) {
      const known = origins.get(path);
      if (known !== undefined) known.push({ sibling, sha: commit.sha });
      else if (origins.size < MOST_PATHS) origins.set(path, [{ sibling, sha: commit.sha }]);
    }
  }
  return Object.fromEntries(origins);
}
