import { existsSync } from 'node:fs';
import type { Sha } from '../core/commit.js';
import { AutoSyncError, isProblem } from '../core/errors.js';
import type { LandingRef } from '../core/facts.js';
import type { TargetView } from '../core/gitPort.js';
import type { GitPlace } from './environment.js';
import { TOLERANT } from './fetch.js';
import type { Quarantine } from './quarantine.js';
import { askGit, runGit } from './run.js';
import { isBeingRebased, operationInProgress } from './target.js';
import { splitNul } from './tokens.js';

/** How the target's branch can receive work now. */
export type Landable =
  | { readonly kind: 'ref-only' }
  | { readonly kind: 'fast-forward'; readonly worktree: string }
  | { readonly kind: 'no'; readonly why: string };

const LANDING_REF = 'refs/autosync/landing';

/** What landing changes must reach the disk before it is believed. */
export const DURABLE: readonly string[] = ['core.fsync=all', 'core.fsyncMethod=fsync'];

const here = (target: TargetView): GitPlace => ({ kind: 'target', folder: target.root });

/** Current values of refs of the target; null when absent. */
export async function readRefs(target: TargetView, refs: readonly string[]): Promise<ReadonlyMap<string, Sha | null>> {
  const { out } = await runGit({
    place: here(target),
    args: ['for-each-ref', '--format=%(refname)%00%(objectname)', '--', ...refs],
  });
  const found = new Map(
    out
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\0') as [string, string]),
  );
  return new Map(refs.map((ref) => [ref, found.get(ref) ?? null]));
}

/** Folders of the working trees in which a branch is checked out; several only where somebody forced git to it. */
async function worktreesOf(target: TargetView, branch: string): Promise<readonly string[]> {
  const { out } = await runGit({ place: here(target), args: ['worktree', 'list', '--porcelain', '-z'] });
  const folders: string[] = [];
  let folder = '';
  for (const line of splitNul(out)) {
    if (line.startsWith('worktree ')) folder = line.slice('worktree '.length);
    if (line === `branch refs/heads/${branch}`) folders.push(folder);
  }
  return folders;
}

/** Folder of the first working tree in which a branch is checked out; null when it is in none. */
export async function worktreeOf(target: TargetView, branch: string): Promise<string | null> {
  return (await worktreesOf(target, branch))[0] ?? null;
}

/** True when somebody is in the middle of a rebase of this branch: git has detached HEAD meanwhile. */
async function busy(folder: string): Promise<string | null> {
  const { out } = await askGit({
    place: { kind: 'target', folder },
    args: ['rev-parse', '--path-format=absolute', '--git-dir'],
  });
  return operationInProgress(out.trim());
}

async function dirty(folder: string): Promise<string | null> {
  const { out } = await runGit({
    place: { kind: 'target', folder },
    args: ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=none'],
    asUser: true,
  });
  const first = splitNul(out)[0];
  return first === undefined ? null : first.slice(3);
}

/** Its files may come back, with a disk that is not mounted now: they would look edited if the branch had moved. */
const GONE = 'which is not there (`git worktree prune` forgets it)';

/** Whether the target's branch can receive work now: not checked out, or checked out and clean. */
export async function landable(target: TargetView, branch: string): Promise<Landable> {
  const operation = await busy(target.root);
  const [folder = null, ...others] = await worktreesOf(target, branch);
  if (others.length > 0)
    return { kind: 'no', why: `${branch} is checked out twice, in ${[folder, ...others].join(' and ')}` };
  if (folder === null && isBeingRebased(target.gitCommonDir, branch))
    return { kind: 'no', why: `you are in the middle of a rebase of ${branch}` };
  if (folder === null)
    return operation === null ? { kind: 'ref-only' } : { kind: 'no', why: `you are in the middle of ${operation}` };
  if (!existsSync(folder)) return { kind: 'no', why: `${branch} is checked out in ${folder}, ${GONE}` };
  const there = folder === target.root ? operation : await busy(folder);
  if (there !== null) return { kind: 'no', why: `you are in the middle of ${there} in ${folder}` };
  const changed = await dirty(folder);
  return changed === null
    ? { kind: 'fast-forward', worktree: folder }
    : { kind: 'no', why: `${branch} is checked out with uncommitted changes (${changed})` };
}

async function bringHome(
  target: TargetView,
  quarantine: Quarantine,
  tips: readonly Sha[],
  signal: AbortSignal,
): Promise<void> {
  // Not `create`: a killed run of the same process id, which is usual in containers, may have left the names behind.
  const refs = tips.map((tip, index) => `update ${LANDING_REF}/${process.pid}-${index} ${tip}\n`).join('');
  await runGit({ place: quarantine.place, args: ['update-ref', '--stdin'], input: refs });
  try {
    const wanted = tips.map((_tip, index) => `${LANDING_REF}/${process.pid}-${index}`);
    const args = [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-auto-gc',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--',
      quarantine.place.gitDir,
      ...wanted,
    ];
    await runGit({ place: here(target), args, settings: [...DURABLE, ...TOLERANT], signal });
  } finally {
    const drop = tips.map((_tip, index) => `delete ${LANDING_REF}/${process.pid}-${index}\n`).join('');
    await runGit({ place: quarantine.place, args: ['update-ref', '--stdin'], input: drop });
  }
}

const zeros = (target: TargetView): Sha => '0'.repeat(target.objectFormat === 'sha256' ? 64 : 40);

async function moveRefs(target: TargetView, refs: readonly LandingRef[], run: string): Promise<void> {
  if (refs.length === 0) return;
  const commands = refs.map(({ ref, before, after }) => `update ${ref} ${after} ${before ?? zeros(target)}\n`).join('');
  try {
    await runGit({
      place: here(target),
      args: ['update-ref', '-m', `autosync: ${run}`, '--stdin'],
      input: `start\n${commands}prepare\ncommit\n`,
      settings: DURABLE,
    });
  } catch (error) {
    throw (await movedRef(target, refs)) ?? refusal(error, refs);
  }
}

/** What is in the way of a ref, for example a branch named like a folder of it, is for a person to clear up. */
function refusal(error: unknown, refs: readonly LandingRef[]): unknown {
  if (!isProblem(error, 'git-failed') || error.problem.code !== 'git-failed') return error;
  const why = `git would not move ${refs.map(({ ref }) => ref).join(', ')}: ${error.problem.stderr}`;
  return new AutoSyncError(
    { code: 'cannot-land', why, next: 'Move what is in the way, then run again.' },
    { cause: error },
  );
}

async function movedRef(target: TargetView, refs: readonly LandingRef[]): Promise<AutoSyncError | null> {
  const now = await readRefs(
    target,
    refs.map(({ ref }) => ref),
  );
  const moved = refs.find(({ ref, before }) => (now.get(ref) ?? null) !== before);
  return moved === undefined
    ? null
    : new AutoSyncError({
        code: 'moved',
        ref: moved.ref,
        expected: moved.before ?? 'nothing',
        found: now.get(moved.ref) ?? 'nothing',
      });
}

async function fastForward(worktree: string, branch: string, move: LandingRef, run: string): Promise<void> {
  const place: GitPlace = { kind: 'target', folder: worktree };
  const head = await askGit({ place, args: ['rev-parse', '--verify', 'HEAD'] });
  const name = await askGit({ place, args: ['symbolic-ref', '--quiet', 'HEAD'], expect: [0, 1] });
  if (name.out.trim() !== `refs/heads/${branch}` || head.out.trim() !== move.before) {
    throw new AutoSyncError({
      code: 'moved',
      ref: move.ref,
      expected: move.before ?? 'nothing',
      found: head.out.trim(),
    });
  }
  const keep = ['--no-squash', '--no-autostash', '--no-verify', '--no-stat', '--no-overwrite-ignore'];
  await runGit({
    place,
    args: ['merge', '--quiet', '--ff-only', ...keep, move.after],
    settings: [...DURABLE, 'merge.verifySignatures=false'],
    environment: { GIT_REFLOG_ACTION: `autosync: ${run}` },
    asUser: true,
  }).catch((error: unknown) => {
    if (!isProblem(error, 'git-failed') || error.problem.code !== 'git-failed') throw error;
    throw new AutoSyncError(
      {
        code: 'cannot-land',
        why: `git would not fast-forward ${branch}: ${error.problem.stderr}`,
        next: 'Move what is in the way, then run again; the validated branch waits.',
      },
      { cause: error },
    );
  });
}

/**
 * Brings validated commits home and moves refs by compare-and-swap. A branch that is checked out is fast-forwarded
 * first, with its files, so that a refusal leaves every ref where it was. Throws `moved`, `cannot-land`.
 */
export async function land(
  target: TargetView,
  quarantine: Quarantine,
  move: {
    readonly refs: readonly LandingRef[];
    readonly fastForward: { readonly branch: string; readonly worktree: string } | null;
    readonly run: string;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const early = await movedRef(target, move.refs);
  if (early !== null) throw early;
  await bringHome(target, quarantine, [...new Set(move.refs.map(({ after }) => after))], move.signal);
  const checkedOut =
    move.fastForward === null
      ? undefined
      : move.refs.find(({ ref }) => ref === `refs/heads/${move.fastForward?.branch}`);
  if (move.fastForward !== null && checkedOut !== undefined)
    await fastForward(move.fastForward.worktree, move.fastForward.branch, checkedOut, move.run);
  await moveRefs(
    target,
    move.refs.filter((ref) => ref !== checkedOut),
    move.run,
  );
}
