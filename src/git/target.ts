import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AutoSyncError, isProblem } from '../core/errors.js';
import type { TargetView } from '../core/gitPort.js';
import { isIntegrationBranch } from '../core/integrationBranch.js';
import type { GitPlace } from './environment.js';
import { askGit } from './run.js';

/** Operations a person may be in the middle of, by the file git keeps meanwhile in the repository's own folder. */
const IN_PROGRESS: readonly (readonly [string, string])[] = [
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase or `git am`'],
  ['MERGE_HEAD', 'a merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['BISECT_LOG', 'a bisect'],
];

/** What git says of a folder's repository, in one call. */
interface Layout {
  readonly root: string;
  readonly gitDir: string;
  readonly gitCommonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
  readonly shallow: boolean;
}

/** The operation that is under way in a working tree, in words; null when there is none. */
export function operationInProgress(gitDir: string): string | null {
  return IN_PROGRESS.find(([file]) => existsSync(join(gitDir, file)))?.[1] ?? null;
}

/** Real path of the root of the working tree that holds a folder. Throws `no-repository`, `bare-target`. */
export async function findRoot(folder: string): Promise<string> {
  return (await layoutOf(folder)).root;
}

async function layoutOf(folder: string): Promise<Layout> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AutoSyncError({ code: 'no-repository', folder });
  const place: GitPlace = { kind: 'target', folder };
  const questions = [
    '--is-bare-repository',
    '--is-shallow-repository',
    '--show-object-format',
    '--git-dir',
    '--git-common-dir',
  ];
  const refuse = (error: unknown): never => {
    throw isProblem(error, 'git-failed')
      ? new AutoSyncError({ code: 'no-repository', folder }, { cause: error })
      : error;
  };
  const { out } = await askGit({ place, args: ['rev-parse', '--path-format=absolute', ...questions] }).catch(refuse);
  const [bare, shallow, format, gitDir = '', gitCommonDir = ''] = out.split('\n');
  if (bare === 'true') throw new AutoSyncError({ code: 'bare-target', folder });
  // In `.git` there is a repository, and yet no working tree.
  const top = await askGit({ place, args: ['rev-parse', '--show-toplevel'] }).catch(refuse);
  return {
    root: realpathSync(top.out.trimEnd()),
    gitDir,
    gitCommonDir: realpathSync(gitCommonDir),
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    shallow: shallow === 'true',
  };
}

async function checkedOutBranch(place: GitPlace): Promise<string | null> {
  const { exit, out } = await askGit({ place, args: ['symbolic-ref', '--quiet', 'HEAD'], expect: [0, 1] });
  return exit === 0 ? out.trim().replace(/^refs\/heads\//, '') : null;
}

/** While a rebase runs, HEAD is detached and git remembers the branch here. */
function branchBeingRebased(gitDir: string): string | null {
  for (const folder of ['rebase-merge', 'rebase-apply']) {
    const file = join(gitDir, folder, 'head-name');
    if (existsSync(file))
      return readFileSync(file, 'utf8')
        .trim()
        .replace(/^refs\/heads\//, '');
  }
  return null;
}

/** True when a branch is being rebased in any working tree of the repository; HEAD is detached there meanwhile. */
export function isBeingRebased(gitCommonDir: string, branch: string): boolean {
  const linked = join(gitCommonDir, 'worktrees');
  const others = existsSync(linked) ? readdirSync(linked).map((name) => join(linked, name)) : [];
  return [gitCommonDir, ...others].some((gitDir) => branchBeingRebased(gitDir) === branch);
}

async function usualBranch(place: GitPlace, remote: string): Promise<string | null> {
  const { exit, out } = await askGit({
    place,
    args: ['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`],
    expect: [0, 1, 128],
  });
  const named = exit === 0 ? [out.trim().slice(`refs/remotes/${remote}/`.length)] : [];
  for (const branch of [...named, 'main', 'master']) {
    if ((await commitAndTree(place, branch)) !== null) return branch;
  }
  return null;
}

async function commitAndTree(place: GitPlace, branch: string): Promise<readonly [string, string] | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/heads/${branch}^{commit}`];
  const { exit, out } = await askGit({ place, args, expect: [0, 1, 128] });
  if (exit !== 0) return null;
  const commit = out.trim();
  const tree = await askGit({ place, args: ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`] });
  return [commit, tree.out.trim()];
}

async function chooseBranch(
  layout: Layout,
  place: GitPlace,
  wanted: string | null,
  remote: string,
): Promise<{ branch: string; note: string | null }> {
  if (wanted !== null) return { branch: wanted, note: null };
  const current = await checkedOutBranch(place);
  if (current !== null && !isIntegrationBranch(current)) return { branch: current, note: null };
  const branch = branchBeingRebased(layout.gitDir) ?? (await usualBranch(place, remote));
  if (branch === null) throw new AutoSyncError({ code: 'detached-head', folder: layout.root });
  const why = current === null ? 'HEAD is detached' : `${current} is checked out, which holds picks for review`;
  return { branch, note: `${why}; the branch "${branch}" is taken as the target.` };
}

/**
 * Reads where the target stands; writes nothing.
 * Throws `no-repository`, `bare-target`, `no-commits`, `detached-head`, `no-branch`.
 */
export async function readTarget(folder: string, wantedBranch: string | null, remote: string): Promise<TargetView> {
  const layout = await layoutOf(folder);
  const place: GitPlace = { kind: 'target', folder: layout.root };
  const { branch, note } = await chooseBranch(layout, place, wantedBranch, remote);
  const head = await commitAndTree(place, branch);
  if (head === null)
    throw new AutoSyncError(
      wantedBranch === null
        ? { code: 'no-commits', folder: layout.root }
        : { code: 'no-branch', branch, folder: layout.root },
    );
  const operation = operationInProgress(layout.gitDir);
  return {
    root: layout.root,
    branch,
    head: head[0],
    headTree: head[1],
    gitCommonDir: layout.gitCommonDir,
    objectFormat: layout.objectFormat,
    shallow: layout.shallow,
    notes: [
      ...(note === null ? [] : [note]),
      ...(operation === null
        ? []
        : [`You are in the middle of ${operation}; nothing lands in the checked-out branch until it is over.`]),
      ...(layout.shallow
        ? ['The target is a shallow clone; run `git fetch --unshallow` for a complete comparison.']
        : []),
    ],
  };
}

/** The address of a remote as the target's own configuration names it; null when there is none. */
export async function remoteUrl(root: string, remote: string): Promise<string | null> {
  const args = ['config', '--local', '--get', `remote.${remote}.url`];
  const { out } = await askGit({ place: { kind: 'target', folder: root }, args, expect: [0, 1] });
  return out.trim() === '' ? null : out.trim();
}
