import type { Sha } from '../core/commit.js';
import { SUBMODULE_MODE } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import { named } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import type { ConflictMaterial, ConflictVersions } from '../core/preview.js';
import type { FileVersion, TriedConflict } from '../core/trial.js';
import { type Fetched, fetchedCommit, keptPaths, shownPath, trialOf } from './fetched.js';

/** A commit that conflicts on the target's head now. */
export interface Conflicting extends Fetched {
  readonly conflicts: readonly TriedConflict[];
}

const cannot = (why: string, next: string): AutoSyncError => new AutoSyncError({ code: 'cannot-land', why, next });

function refuse(fetched: Fetched): void {
  const { row, commit } = fetched;
  if (row.standing === 'present' || row.standing === 'landed')
    throw cannot(`${named(commit)} is in the target already. ${row.reason}`, 'There is nothing to resolve.');
  if (commit.parents.length > 1)
    throw cannot(`${named(commit)} is a merge, which is not picked`, 'Resolve its members instead.');
  if (keptPaths(fetched).length === 0)
    throw cannot(`every file of ${named(commit)} is dropped by a rule`, 'There is nothing to resolve.');
}

/** The conflicts of a commit alone on the target's head, whether they were resolved before or not. Throws `unknown-commit`, `cannot-land`. */
export async function conflictsOn(
  ports: Pick<Ports, 'git' | 'store'>,
  config: Config,
  given: string,
  signal: AbortSignal,
): Promise<Conflicting> {
  const { git } = ports;
  const fetched = await fetchedCommit(ports, config, given, signal);
  refuse(fetched);
  const { conflicts } = await git.tryPick(git.target.head, trialOf(fetched, git.target.branch), signal);
  if (conflicts.length === 0)
    throw cannot(
      `${named(fetched.commit)} does not conflict with ${git.target.branch} as it is now`,
      'Run `autosync scan` to see where it stands.',
    );
  return { ...fetched, conflicts };
}

/** A submodule names a commit of another repository, so it has no content. */
const blobOf = (version: FileVersion | null): Sha | null =>
  version === null || version.mode === SUBMODULE_MODE ? null : version.oid;

const versionsOf = ({ path, type, base, ours, theirs, merged }: TriedConflict): ConflictVersions => ({
  path: shownPath(path),
  type,
  base: blobOf(base),
  ours: blobOf(ours),
  theirs: blobOf(theirs),
  merged,
});

/** The three versions of every conflicted file of a commit, and the merge with conflict markers. Throws `unknown-commit`, `cannot-land`. */
export async function conflictMaterial(
  ports: Pick<Ports, 'git' | 'store'>,
  config: Config,
  given: string,
  signal: AbortSignal,
): Promise<ConflictMaterial> {
  const { sibling, row, conflicts } = await conflictsOn(ports, config, given, signal);
  return { sibling, commit: row, files: conflicts.map(versionsOf) };
}
