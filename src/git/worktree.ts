import { lstatSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha } from '../core/commit.js';
import { isProblem } from '../core/errors.js';
import type { GitPlace } from './environment.js';
import type { Quarantine } from './quarantine.js';
import { runGit } from './run.js';
import { splitNul } from './tokens.js';

/** What a package manager fills: kept when the worktree moves to another tree, whatever the project ignores. */
const KEPT = [
  ...['node_modules/', '.pnpm-store/', '.turbo/', '.pnp.cjs', '.pnp.loader.mjs'],
  ...['.yarn/cache/', '.yarn/unplugged/', '.yarn/install-state.gz'],
];

const folderOf = (quarantine: Quarantine): string => join(quarantine.folder, 'worktree');

/**
 * Inside the worktree git is told where the quarantine is: the `.git` file there is within reach of the checks, and
 * what they put in its place could name a program to run.
 */
const inside = (quarantine: Quarantine): GitPlace => ({
  kind: 'worktree',
  gitDir: join(quarantine.place.gitDir, 'worktrees', 'worktree'),
  folder: folderOf(quarantine),
});

async function excludeInstalled(quarantine: Quarantine): Promise<void> {
  const file = join(quarantine.place.gitDir, 'info', 'exclude');
  const now = await readFile(file, 'utf8').catch(() => '');
  if (now.includes(KEPT[0] ?? '')) return;
  await mkdir(join(quarantine.place.gitDir, 'info'), { recursive: true });
  await appendFile(file, `${KEPT.join('\n')}\n`);
}

async function addWorktree(quarantine: Quarantine, commit: Sha, signal: AbortSignal): Promise<void> {
  const folder = folderOf(quarantine);
  await rm(folder, { recursive: true, force: true });
  await rm(join(quarantine.place.gitDir, 'worktrees'), { recursive: true, force: true });
  await runGit({
    place: quarantine.place,
    args: ['worktree', 'add', '--quiet', '--detach', '--no-checkout', folder, commit],
    signal,
  });
  await runGit({ place: inside(quarantine), args: ['reset', '--quiet', '--hard', commit], signal });
}

/** `fresh`: nothing stays that the commit does not bring, also nothing of what package managers filled. */
type Fresh = 'fresh' | undefined;

async function moveWorktree(quarantine: Quarantine, commit: Sha, signal: AbortSignal, fresh: Fresh): Promise<void> {
  const place = inside(quarantine);
  await rm(join(quarantine.place.gitDir, 'worktrees', 'worktree', 'index.lock'), { force: true });
  // `--force` throws away what the checks changed, as `reset --hard` would.
  await runGit({ place, args: ['checkout', '--quiet', '--force', '--detach', commit], signal });
  const kept = fresh === 'fresh' ? [] : KEPT.flatMap((folder) => ['-e', folder]);
  await runGit({ place, args: ['clean', '-ffdxq', ...kept], signal });
}

/**
 * One worktree per target, outside the user's folders, moved from tree to tree: a tenth of what a fresh one costs
 * (design: performance, e). A broken one, left by a killed run, is thrown away and made anew.
 */
export async function checkout(
  quarantine: Quarantine,
  commit: Sha,
  signal: AbortSignal,
  fresh?: 'fresh',
): Promise<string> {
  await excludeInstalled(quarantine);
  if (!lstatSync(join(folderOf(quarantine), '.git'), { throwIfNoEntry: false })?.isFile())
    await addWorktree(quarantine, commit, signal);
  else {
    await moveWorktree(quarantine, commit, signal, fresh).catch(async (error: unknown) => {
      if (!isProblem(error, 'git-failed')) throw error;
      await addWorktree(quarantine, commit, signal);
    });
  }
  return folderOf(quarantine);
}

/**
 * Tracked files of the worktree that differ from the commit that was checked out: what the checks changed. Every file is
 * hashed anew, through an index that nobody has seen: the worktree's own may have been told to look away, and its HEAD
 * may have been moved.
 */
export async function worktreeChanges(
  quarantine: Quarantine,
  commit: Sha,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const place = inside(quarantine);
  const index = join(quarantine.place.gitDir, 'worktrees', 'worktree', 'rehash.index');
  const environment = { GIT_INDEX_FILE: index };
  try {
    await runGit({ place, args: ['read-tree', commit], environment, signal });
    const args = ['diff', '--name-only', '-z', '--no-renames', commit];
    return splitNul((await runGit({ place, args, environment, signal })).out);
  } finally {
    await rm(index, { force: true });
  }
}
