import { type Commit, type Sha, shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { AutoSyncError } from '../core/errors.js';
import type { GitPort } from '../core/gitPort.js';
import type { Ports } from '../core/ports.js';
import { sanitize } from '../core/sanitize.js';
import type { PickTrial } from '../core/trial.js';
import { findCommits } from './find.js';

/** An incoming commit as the store knows it, and as it was fetched. */
export interface Fetched {
  readonly sibling: string;
  readonly row: IncomingCommit;
  readonly commit: Commit;
}

/** A path as rows and views have it. */
export const shownPath = (path: string): string => sanitize(path, 1000);

/** Commits of the quarantine. Throws `unknown-commit` when one is not there. */
export async function fetchedCommits(
  git: Pick<GitPort, 'resolve' | 'commits'>,
  shas: readonly Sha[],
  signal: AbortSignal,
): Promise<readonly Commit[]> {
  for (const sha of shas) {
    if ((await git.resolve(sha)) === null)
      throw new AutoSyncError({ code: 'unknown-commit', given: shortSha(sha), why: 'it was not fetched here yet' });
  }
  return git.commits(shas, signal);
}

/** The commit that was named; one that several siblings carry is taken from the first in the configuration. Throws `unknown-commit`. */
export async function fetchedCommit(
  ports: Pick<Ports, 'git' | 'store'>,
  config: Config,
  given: string,
  signal: AbortSignal,
): Promise<Fetched> {
  const found = findCommits(ports.store, given);
  const order = config.siblings.map(({ name }) => name);
  const place = (sibling: string): number => (order.includes(sibling) ? order.indexOf(sibling) : order.length);
  const [first] = found.toSorted((one, two) => place(one.sibling) - place(two.sibling));
  const [commit] = first === undefined ? [] : await fetchedCommits(ports.git, [first.commit.sha], signal);
  if (first === undefined || commit === undefined)
    throw new AutoSyncError({ code: 'unknown-commit', given: shownPath(given).slice(0, 80), why: 'it is not known' });
  return { sibling: first.sibling, row: first.commit, commit };
}

/** The paths of a commit that the rules let through, as git has them. */
export function keptPaths({ row, commit }: Pick<Fetched, 'row' | 'commit'>): readonly string[] {
  const kept = new Set(row.files.kept);
  return commit.changes.map(({ path }) => path).filter((path) => kept.has(shownPath(path)));
}

/** The pick of a commit as the rules let it through, to be tried on the target's branch. */
export function trialOf(fetched: Fetched, branch: string): PickTrial {
  const { commit, row, sibling } = fetched;
  const labels = { ours: branch, theirs: `${sibling} ${shortSha(commit.sha)}` };
  return { commit, labels, ...(row.partial ? { keep: keptPaths(fetched) } : {}) };
}
