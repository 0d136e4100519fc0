import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sha } from '../core/commit.js';
import type { LandingRef } from '../core/facts.js';
import type { TargetView } from '../core/gitPort.js';
import type { LandingRemains } from '../core/landingPort.js';
import type { GitPlace } from './environment.js';
import { DURABLE, worktreeOf } from './land.js';
import { askGit, runGit } from './run.js';
import { splitNul } from './tokens.js';

/** Blobs that a landing takes away and brings, by path; null where the path is absent. */
type Both = ReadonlyMap<string, readonly [Sha | null, Sha | null]>;

const HEADS = 'refs/heads/';

/** Stands for a folder where a file is to be: no landing left it there. */
const NO_FILE = 'no file';

/** How long a lock of git may stay until it counts as left over, and how often it is looked at, in milliseconds. */
const PATIENCE = 2_000;
const LOOK_AGAIN = 50;

const blobOf = (name: string): Sha | null => (/^0+$/.test(name) ? null : name);

async function changesOf(place: GitPlace, { before, after }: LandingRef): Promise<Both> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--no-abbrev', before ?? '', after];
  const tokens = splitNul((await runGit({ place, args })).out);
  const pairs = tokens.flatMap((meta, index) => {
    const [, , old = '', now = ''] = meta.split(' ');
    return index % 2 === 0 ? [[tokens[index + 1] ?? '', [blobOf(old), blobOf(now)]] as const] : [];
  });
  return new Map(pairs);
}

/** Paths that differ from HEAD, in the index or on disk, also untracked ones. */
async function differing(place: GitPlace): Promise<readonly string[]> {
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=none'];
  const { out } = await runGit({ place, args, asUser: true });
  return splitNul(out).map((line) => (line.startsWith('??') ? `?${line.slice(3)}` : line.slice(3)));
}

async function indexed(place: GitPlace, paths: readonly string[]): Promise<ReadonlyMap<string, Sha>> {
  const { out } = await runGit({ place, args: ['--literal-pathspecs', 'ls-files', '-s', '-z', '--', ...paths] });
  return new Map(splitNul(out).map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1] ?? ''] as const));
}

async function onDisk(place: GitPlace, root: string, paths: readonly string[]): Promise<ReadonlyMap<string, Sha>> {
  const there = paths.filter((path) => existsSync(join(root, path)));
  const files = there.filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile());
  if (files.length === 0) return new Map(there.map((path) => [path, NO_FILE]));
  const call = { place, args: ['hash-object', '--stdin-paths'], input: files.map((path) => `${path}\n`).join('') };
  const { out } = await runGit({ ...call, asUser: true });
  const names = out.toString('latin1').split('\n');
  const hashed = new Map(files.map((path, index) => [path, names[index] ?? '']));
  return new Map(there.map((path) => [path, hashed.get(path) ?? NO_FILE]));
}

/** True when every path is, in the index and on disk, either as before the landing or as after it: then nobody else wrote there. */
async function isOnlyOurs(place: GitPlace, root: string, paths: readonly string[], changes: Both): Promise<boolean> {
  const [index, disk] = await Promise.all([indexed(place, paths), onDisk(place, root, paths)]);
  return paths.every((path) => {
    const allowed: readonly (Sha | null)[] = changes.get(path) ?? [];
    return allowed.includes(index.get(path) ?? null) && allowed.includes(disk.get(path) ?? null);
  });
}

async function standsAt(place: GitPlace, { ref, before, after }: LandingRef): Promise<boolean> {
  const [head, name, has] = await Promise.all([
    askGit({ place, args: ['rev-parse', '--verify', '--quiet', 'HEAD'], expect: [0, 1] }),
    askGit({ place, args: ['symbolic-ref', '--quiet', 'HEAD'], expect: [0, 1] }),
    askGit({ place, args: ['cat-file', '-e', `${after}^{tree}`], expect: [0, 1, 128] }),
  ]);
  return head.out.trim() === before && name.out.trim() === ref && has.exit === 0;
}

async function goOn(place: GitPlace, move: LandingRef, run: string): Promise<void> {
  await runGit({
    place,
    args: ['read-tree', '--reset', '-u', move.after],
    settings: DURABLE,
    asUser: true,
  });
  const args = ['update-ref', '-m', `autosync: ${run}, finished`, move.ref, move.after, move.before ?? ''];
  await runGit({ place, args, settings: DURABLE });
}

/** Waits for a git that outlived the run to end; false when its lock stays, so that nobody knows whose it is. */
async function unlocked(place: GitPlace): Promise<boolean> {
  const { out } = await askGit({ place, args: ['rev-parse', '--path-format=absolute', '--git-path', 'index.lock'] });
  for (let waited = 0; existsSync(out.trim()); waited += LOOK_AGAIN) {
    if (waited >= PATIENCE) return false;
    await sleep(LOOK_AGAIN);
  }
  return true;
}

/** Paths that surely are what the landing left half done; none when anybody else wrote there. */
async function remains(place: GitPlace, root: string, move: LandingRef): Promise<readonly string[]> {
  const changes = await changesOf(place, move);
  const differ = await differing(place);
  const ours = differ.map((path) => path.replace(/^\?/, '')).filter((path) => changes.has(path));
  const others = differ.filter((path) => !path.startsWith('?') && !changes.has(path));
  // Git does not list what the user ignores, and going on would write over it.
  const brought = [...changes].flatMap(([path, [before]]) => (before === null ? [path] : []));
  const paths = [...new Set([...ours, ...brought])];
  return others.length === 0 && (await isOnlyOurs(place, root, paths, changes)) ? ours : [];
}

/**
 * Finishes a fast-forward whose git was killed between the files and the ref: without this the user's tree would look
 * as if somebody had edited it. Goes on only where every difference is the landing's own; anything else is left alone.
 */
export async function finishLanding(target: TargetView, move: LandingRef, run: string): Promise<LandingRemains> {
  const branch = move.ref.startsWith(HEADS) ? move.ref.slice(HEADS.length) : '';
  const root = branch === '' || move.before === null ? null : await worktreeOf(target, branch);
  if (root === null || !existsSync(root)) return 'nothing';
  const place: GitPlace = { kind: 'target', folder: root };
  const isFree = await unlocked(place);
  if (!(await standsAt(place, move)) || (await remains(place, root, move)).length === 0) return 'nothing';
  if (!isFree) return 'locked';
  await goOn(place, move, run);
  return 'finished';
}
