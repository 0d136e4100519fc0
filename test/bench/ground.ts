import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Commit, isMerge, type Sha } from '../../src/core/commit.js';
import type { GitPort } from '../../src/core/gitPort.js';
import { openGit } from '../../src/git/git.js';
import { openQuarantine, type Quarantine } from '../../src/git/quarantine.js';
import { setScene } from '../pairs/scene.js';
import { git, plainEnvironment, tryGit } from '../support/plainGit.js';

/** A signal that is never raised. */
export const NEVER: AbortSignal = new AbortController().signal;

/** Commits that are forecast at once, at most. */
const MOST_CANDIDATES = 400;

/** A target and its sibling, opened by AutoSync, beside a plain repository in which git does the same work. */
export interface Ground {
  readonly folder: string;
  readonly target: string;
  readonly sibling: string;
  readonly head: Sha;
  readonly headTree: Sha;
  readonly tip: Sha;
  /** A repository that has both histories, for what git itself is asked; not known to AutoSync. */
  readonly plain: string;
  /** False where a source lacks objects, so that its objects had to be borrowed. */
  readonly owns: boolean;
  readonly port: GitPort;
  readonly quarantine: Quarantine;
  readonly incoming: readonly Commit[];
  /** Incoming commits that can be picked, oldest first; at most 400. */
  readonly candidates: readonly Commit[];
  remove(): Promise<void>;
}

/** What a ground is made of. */
export interface GroundSources {
  readonly target: string;
  readonly sibling: string;
  readonly targetRev?: string | undefined;
  readonly siblingRev?: string | undefined;
}

/** Where git keeps settings, hooks and names out. */
export const gitSettings = (): NodeJS.ProcessEnv => ({ ...plainEnvironment() });

interface Source {
  readonly folder: string;
  readonly branch: string;
}

/** A repository with its own objects; with borrowed ones where a source cannot give them all. */
function repositoryOf(folder: string, sources: readonly Source[]): boolean {
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '-q', '--template=', '--initial-branch=main', '.']);
  git(folder, ['config', 'gc.auto', '0']);
  const settings = ['-c', 'fetch.unpackLimit=1', '-c', 'uploadpack.allowAnySHA1InWant=true'];
  const fetched = sources.map(({ folder: from, branch }) =>
    tryGit(folder, [
      ...settings,
      'fetch',
      '-q',
      '--no-tags',
      '--update-head-ok',
      from,
      `refs/heads/main:refs/heads/${branch}`,
    ]),
  );
  if (fetched.every(({ exit }) => exit === 0)) return true;
  const objects = sources.map(({ folder: from }) => `${join(from, '.git', 'objects')}\n`);
  writeFileSync(join(folder, '.git', 'objects', 'info', 'alternates'), objects.join(''), { flag: 'w' });
  for (const { folder: from, branch } of sources)
    git(folder, ['update-ref', `refs/heads/${branch}`, git(from, ['rev-parse', 'refs/heads/main'])]);
  return false;
}

/** Brings two repositories into a temporary folder and lets AutoSync fetch and list; nothing of theirs is touched. */
export async function openGround(sources: GroundSources): Promise<Ground> {
  const revisions = {
    ...(sources.targetRev ? { target: sources.targetRev } : {}),
    ...(sources.siblingRev ? { sibling: sources.siblingRev } : {}),
  };
  const scene = setScene(sources.target, sources.sibling, revisions);
  const [target, plain] = [join(scene.folder, 'own'), join(scene.folder, 'plain')];
  mkdirSync(join(target), { recursive: true });
  const ours = { folder: scene.target, branch: 'main' };
  const owns = [
    repositoryOf(target, [ours]),
    repositoryOf(plain, [ours, { folder: scene.sibling, branch: 'sibling' }]),
  ].every(Boolean);
  const port = await openGit({
    folder: target,
    branch: 'main',
    remote: 'origin',
    source: null,
    cache: cacheOf(scene.folder),
    clock: Date.now,
  });
  const config = { name: 'sibling', path: scene.sibling, branch: 'main' };
  await port.fetch(config, await port.tipOf(config, NEVER), NEVER);
  const incoming = await port.incoming(scene.head, scene.tip, NEVER);
  return {
    ...scene,
    target,
    plain,
    owns,
    headTree: port.target.headTree,
    port,
    quarantine: await openQuarantine(port.target, cacheOf(scene.folder)),
    incoming,
    candidates: incoming.filter((commit) => !isMerge(commit)).slice(0, MOST_CANDIDATES),
    remove: async () => {
      await port.close();
      scene.remove();
    },
  };
}

/** The cache folder that goes with a folder of repositories. */
export const cacheOf = (folder: string): string => join(folder, 'cache');

let working: string | undefined;

/** A new name for a file or folder that goes away with the bench. */
export function freshPath(name: string): string {
  working ??= mkdtempSync(join(tmpdir(), 'autosync-bench-'));
  return join(mkdtempSync(join(working, 'x-')), name);
}

/** Removes everything that `freshPath` named. */
export function removeFresh(): void {
  if (working !== undefined) rmSync(working, { recursive: true, force: true });
  working = undefined;
}

/** Files of the target's head whose content its source lacks: no worktree can hold them. */
export function absentPaths({ plain, head }: Pick<Ground, 'plain' | 'head'>): readonly string[] {
  const files = git(plain, ['ls-tree', '-r', '--format=%(objecttype) %(objectname) %(path)', head])
    .split('\n')
    .map((line) => line.split(' '));
  const names = files.map(([, name = '']) => name).join('\n');
  const answers = git(plain, ['cat-file', '--batch-check', '--buffer'], { input: `${names}\n` }).split('\n');
  return files.flatMap(([type, , ...path], index) =>
    type === 'blob' && answers[index]?.endsWith(' missing') ? [path.join(' ')] : [],
  );
}

/** A worktree of the plain repository on the target's head, for real picks. */
export function worktreeOf(ground: Ground, name: string): string {
  const folder = join(ground.folder, name);
  if (!existsSync(folder)) {
    git(ground.plain, ['worktree', 'add', '-q', '--detach', '--no-checkout', folder, ground.head]);
    const absent = absentPaths(ground);
    const patterns = ['/*', ...absent.map((path) => `!/${path}`)];
    if (absent.length > 0) git(folder, ['sparse-checkout', 'set', '--no-cone', ...patterns]);
  }
  git(folder, ['reset', '-q', '--hard', ground.head]);
  return folder;
}

/** Forgets loose objects, so that a repeated pick has to write them again. Only for repositories that are packed. */
export function dropLoose(repository: string): void {
  const objects = join(repository, '.git', 'objects');
  for (const name of readdirSync(objects))
    if (/^[0-9a-f]{2}$/.test(name)) rmSync(join(objects, name), { recursive: true });
}

/** Every so many-th of a list, so that `count` are left. */
export function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_unused, index) => all[Math.floor((index * all.length) / count)]).flatMap(
    (one) => (one === undefined ? [] : [one]),
  );
}
