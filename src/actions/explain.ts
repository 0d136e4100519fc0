import { type Sha, shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { AutoSyncError } from '../core/errors.js';
import type { Ports } from '../core/ports.js';
import type { Explanation } from '../core/reports.js';
import { resolutionOf } from '../core/resolution.js';
import { sanitizeBlock } from '../core/sanitize.js';
import type { Prerequisite } from '../core/standing.js';
import { commitsWithChains } from './chainWords.js';
import { shownPath } from './fetched.js';
import { findCommits } from './find.js';

/** Taking the prerequisites along may help where they pick themselves. */
function conflictSteps(sha: string, needs: readonly Prerequisite[]): readonly string[] {
  const hopeless =
    needs.length === 0 || needs.some((need) => need.standing === 'conflict' || need.standing === 'rejected');
  const along = `autosync apply ${needs.map((need) => shortSha(need.sha)).join(' ')} ${sha} tries it together with what it seems to build on`;
  return [
    ...(hopeless ? [] : [along]),
    `git cherry-pick ${sha} in a clone that has the sibling as a remote lets you resolve it by hand`,
    `autosync decline ${sha} --because "..." sends it away for good`,
  ];
}

/** What a person can do next with a commit that stands there. */
export function nextSteps(commit: IncomingCommit): readonly string[] {
  const sha = shortSha(commit.sha);
  const { evidence } = commit;
  switch (evidence.kind) {
    case 'review':
      return [
        `git log -p ${evidence.branch} shows it as it would land`,
        `autosync apply ${sha} lands it`,
        `autosync decline ${sha} --because "..." sends it away for good`,
      ];
    case 'conflict':
      return conflictSteps(sha, evidence.prerequisites);
    case 'candidate':
      return ['autosync sync validates it and lands or offers it'];
    case 'rejected':
      return [
        'Mend it on the sibling; the next run tries the mended history',
        `autosync decline ${sha} --because "..." stops trying it`,
      ];
    case 'waiting':
      return ['Nothing: a later run takes it up', `autosync apply ${sha} lands it now`];
    case 'rule':
      return evidence.rule === 'secret' || commit.files.kept.length === 0
        ? ['Nothing: the rule cannot be overruled from here']
        : [`autosync apply ${sha} lands it all the same`, 'filter in .autosync/config.json holds the rule'];
    case 'landed':
      return [`git show ${shortSha(evidence.pick)} shows it here`];
    case 'declined':
      return [`autosync apply ${sha} lands it all the same`];
    case 'present':
    case 'cancelled':
      return [];
  }
}

async function withHunks(
  ports: Ports,
  config: Config,
  sibling: string,
  commit: IncomingCommit,
  signal: AbortSignal,
): Promise<IncomingCommit> {
  const configured = config.siblings.find((one) => one.name === sibling);
  const fetched = configured === undefined ? null : await ports.git.lastFetched(configured);
  if (
    commit.evidence.kind !== 'conflict' ||
    fetched === null ||
    commit.evidence.files.some((file) => file.hunks.length > 0)
  )
    return commit;
  const [full] = (await ports.git.incoming(ports.git.target.head, fetched.tip, signal)).filter(
    (one) => one.sha === commit.sha,
  );
  if (full === undefined) return commit;
  const request = commit.partial ? { commit: full, keep: commit.files.kept } : { commit: full };
  const files = (await ports.git.explainConflicts(ports.git.target.head, fetched.tip, [request], signal)).get(
    commit.sha,
  );
  return files === undefined || files.length === 0 ? commit : { ...commit, evidence: { ...commit.evidence, files } };
}

/** The whole message, or its subject when the commit itself is not here: the cache was cleared, or the sibling dropped it. */
async function messageOf(git: Ports['git'], { sha, subject }: IncomingCommit): Promise<string> {
  return (await git.resolve(sha)) === null ? subject : sanitizeBlock(await git.messageOf(sha), 20_000);
}

/** How a person resolved its conflicts, also where another reason holds it since. */
async function resolvedPart(ports: Ports, sha: Sha, signal: AbortSignal): Promise<Pick<Explanation, 'resolved'>> {
  const known = ports.store.resolutions();
  if (known.length === 0) return {};
  const ids = (await ports.git.resolve(sha)) === null ? null : await ports.git.patchIds([sha], signal);
  const found = resolutionOf(known, sha, ids?.get(sha));
  if (found === undefined) return {};
  return { resolved: { by: found.by, at: found.at, files: found.files.map(({ path }) => shownPath(path)) } };
}

/** Everything known about one incoming commit; of a conflict also the hunks, looked up now when they were not kept. */
export async function explainCommit(
  ports: Ports,
  config: Config,
  given: string,
  signal: AbortSignal,
): Promise<Explanation> {
  const [found] = findCommits(ports.store, given);
  if (found === undefined) throw new AutoSyncError({ code: 'unknown-commit', given, why: 'it is not known' });
  const sha: Sha = found.commit.sha;
  const known = commitsWithChains(ports.store).find((row) => row.sibling === found.sibling && row.commit.sha === sha);
  const commit = await withHunks(ports, config, found.sibling, known?.commit ?? found.commit, signal);
  return {
    sibling: found.sibling,
    commit,
    message: await messageOf(ports.git, commit),
    decisions: ports.store.decisions().filter((decision) => decision.sha === sha),
    ...(await resolvedPart(ports, sha, signal)),
    landings: ports.store.landings().filter((landing) => landing.picks.some((pick) => pick.origin === sha)),
    next: nextSteps(commit),
  };
}
