import { checkResolution } from '../core/checkResolution.js';
import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { AutoSyncError } from '../core/errors.js';
import type { Resolution } from '../core/facts.js';
import { isDenied } from '../core/pathRules.js';
import type { Ports } from '../core/ports.js';
import type { ResolvedFile } from '../core/preview.js';
import { isPrismaPath } from '../core/prisma.js';
import { resolutionVeto, resolvedBy, resolvedReason } from '../core/resolution.js';
import { scoreRisk } from '../core/risk.js';
import { sanitize } from '../core/sanitize.js';
import { standingSince } from '../core/since.js';
import type { Standing } from '../core/standing.js';
import { rulesOf } from '../pipeline/filter.js';
import { type Conflicting, conflictsOn } from './conflict.js';
import { trialOf } from './fetched.js';
import { findCommits } from './find.js';

/** What resolving needs. */
export interface ResolveRequest {
  readonly config: Config;
  readonly given: string;
  readonly files: readonly ResolvedFile[];
  readonly signal: AbortSignal;
}

/** Where a commit stands that a resolution takes further; elsewhere another reason holds it. */
const MOVED_ON: ReadonlySet<Standing> = new Set(['conflict', 'candidate', 'review', 'rejected']);

/** The tree that the pick leads to with the resolution. Throws `cannot-land` when it conflicts all the same. */
async function resolvedTree(
  git: Ports['git'],
  conflicting: Conflicting,
  resolution: Resolution,
  signal: AbortSignal,
): Promise<Sha> {
  const trial = { ...trialOf(conflicting, git.target.branch), resolution: resolution.files };
  const { tree, conflicts } = await git.tryPick(git.target.head, trial, signal);
  if (conflicts.length === 0) return tree;
  throw new AutoSyncError({
    code: 'cannot-land',
    why: `${conflicts.map(({ path }) => sanitize(path)).join(', ')} conflicts in a way that neither a text nor a side can resolve`,
    next: 'Resolve it by hand with `git cherry-pick`.',
  });
}

/** The row as the next scan will find it. */
function resolvedRow(row: IncomingCommit, resolution: Resolution, tree: Sha, changes: boolean): IncomingCommit {
  const { by, at, files } = resolution;
  const marked: IncomingCommit = { ...row, forecast: 'conflict', resolved: { by, at } };
  if (!MOVED_ON.has(row.standing)) return marked;
  const none = { newTypeErrors: 0, newTestFailures: 0, touchesPrisma: row.files.kept.some(isPrismaPath) };
  const open: IncomingCommit = {
    ...marked,
    risk: scoreRisk({ ...none, filesChanged: row.files.kept.length }),
    vetoes: [resolutionVeto(resolution)],
    verdict: null,
  };
  if (changes)
    return {
      ...open,
      standing: 'candidate',
      reason: resolvedReason({ by, at, files }, ''),
      evidence: { kind: 'candidate', tree, needs: [] },
    };
  const reason = `As it was resolved by ${resolvedBy(resolution)}, it changes nothing in the target.`;
  return { ...marked, standing: 'present', reason, evidence: { kind: 'present', by: 'no-change', in: null } };
}

/**
 * Records how a person resolved the conflicts of a commit on the target's head as it is now: the texts and the
 * sides to keep are in the state, and the target is not touched. From then on the pick is made with them; it never merges by itself.
 * Throws `unknown-commit`, `cannot-land`.
 */
export async function resolveCommit(ports: Ports, request: ResolveRequest): Promise<IncomingCommit> {
  const { config, given, files, signal } = request;
  const { git, store } = ports;
  const conflicting = await conflictsOn(ports, config, given, signal);
  const rules = rulesOf(config.filter);
  const { sha } = conflicting.commit;
  const resolution: Resolution = {
    sibling: conflicting.sibling,
    sha,
    patchId: (await git.patchIds([sha], signal)).get(sha) ?? null,
    by: sanitize((await git.user()).name, 100),
    at: new Date(ports.clock()).toISOString(),
    files: checkResolution(conflicting.conflicts, files, (path) => isDenied(rules, path)),
  };
  const tree = await resolvedTree(git, conflicting, resolution, signal);
  const rows = findCommits(store, sha).map(({ sibling, commit }) => ({
    sibling,
    commit: standingSince(resolvedRow(commit, resolution, tree, tree !== git.target.headTree), commit, resolution.at),
  }));
  await store.record([
    { kind: 'resolution', resolution },
    ...rows.map(
      ({ sibling, commit }) =>
        ({ kind: 'commits', sibling, run: 'resolve', replace: false, commits: [commit] }) as const,
    ),
  ]);
  return rows.find(({ sibling }) => sibling === conflicting.sibling)?.commit ?? conflicting.row;
}
