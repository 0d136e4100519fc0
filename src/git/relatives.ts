import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Sha } from '../core/commit.js';
import type { TargetView } from '../core/gitPort.js';
import type { Relative } from '../core/reports.js';
import { parseRemoteRefs } from './lsRemote.js';
import { lsTree } from './lsTree.js';
import type { Quarantine } from './quarantine.js';
import { askGit, runGit } from './run.js';
import { openScratch } from './scratch.js';

const MOST_FOLDERS = 200;
/** Share of paths in common from which two trees without common history count as copies of one template. */
const SIMILAR = 0.4;

/** A folder's object store, found by looking, so that git is never run inside a foreign repository. */
function objectsOf(folder: string): string | null {
  const dot = join(folder, '.git');
  if (!existsSync(dot))
    return existsSync(join(folder, 'objects')) && existsSync(join(folder, 'HEAD')) ? join(folder, 'objects') : null;
  if (statSync(dot).isDirectory()) return join(dot, 'objects');
  const pointed = /^gitdir: (.+)$/m.exec(readFileSync(dot, 'utf8'))?.[1];
  if (pointed === undefined) return null;
  const gitDir = resolve(folder, pointed);
  const common = join(gitDir, 'commondir');
  return join(existsSync(common) ? resolve(gitDir, readFileSync(common, 'utf8').trim()) : gitDir, 'objects');
}

async function tipOf(address: string, signal: AbortSignal): Promise<{ branch: string | null; tip: Sha } | null> {
  const { out, exit } = await runGit({
    place: { kind: 'nowhere' },
    args: ['ls-remote', '--symref', '--', address, 'HEAD'],
    expect: [0, 128],
    signal,
    timeout: 30,
  });
  if (exit !== 0) return null;
  const { head, branches } = parseRemoteRefs(out.toString('utf8'));
  const tip = head === null ? undefined : branches.get(head);
  return tip === undefined ? null : { branch: head, tip };
}

/** Compares two histories, or, when they share none, two trees; everything is read, nothing is copied. */
async function kinship(
  quarantine: Quarantine,
  target: TargetView,
  objects: string,
  tip: Sha,
  signal: AbortSignal,
): Promise<string | null> {
  const scratch = await openScratch(quarantine);
  const alternates = [join(quarantine.place.gitDir, 'objects'), objects]
    .map((path) => path.replaceAll(':', '\\:'))
    .join(':');
  const room = {
    place: quarantine.place,
    environment: { ...scratch.room.environment, GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates },
  };
  try {
    const base = await runGit({ ...room, args: ['merge-base', target.head, tip], expect: [0, 1, 128], signal });
    if (base.exit === 0) {
      const shared = await runGit({
        ...room,
        args: ['rev-list', '--count', base.out.toString('latin1').trim()],
        signal,
      });
      const count = shared.out.toString('latin1').trim();
      return `shares ${count} ${count === '1' ? 'commit' : 'commits'} with it`;
    }
    const [here, there] = await Promise.all([
      lsTree(room.place, target.head, { signal, ...room }),
      lsTree(room.place, tip, { signal, ...room }),
    ]);
    const common = [...there.keys()].filter((path) => here.has(path)).length;
    const share = common / Math.max(1, Math.min(here.size, there.size));
    return share >= SIMILAR && common > 2 ? `${Math.round(share * 100)}% of the files have the same path` : null;
  } catch {
    return null; // an unreadable neighbour is no relative
  } finally {
    await scratch.remove();
  }
}

async function neighbours(root: string): Promise<readonly string[]> {
  const parent = dirname(root);
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && join(parent, entry.name) !== root)
    .map((entry) => join(parent, entry.name))
    .slice(0, MOST_FOLDERS);
}

async function remotesOf(target: TargetView): Promise<readonly { readonly name: string; readonly url: string }[]> {
  const { out, exit } = await askGit({
    place: { kind: 'target', folder: target.root },
    args: ['config', '--get-regexp', '^remote\\..*\\.url$'],
    expect: [0, 1],
  });
  if (exit !== 0) return [];
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({
      name: line.slice('remote.'.length, line.indexOf('.url ')),
      url: line.slice(line.indexOf(' ') + 1),
    }));
}

const safeName = (name: string): string =>
  name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'sibling';

/**
 * Finds repositories related to the target: folders beside it that share history or look alike, and its remotes other
 * than its own origin, which a fork calls `upstream`.
 */
export async function findRelatives(
  quarantine: Quarantine,
  target: TargetView,
  ownRemote: string,
  signal: AbortSignal,
): Promise<{ readonly found: readonly Relative[]; readonly looked: readonly string[] }> {
  const found: Relative[] = [];
  const folders = await neighbours(target.root);
  for (const folder of folders) {
    const objects = objectsOf(folder);
    const tip = objects === null || !existsSync(objects) ? null : await tipOf(folder, signal);
    const because =
      tip === null || objects === null ? null : await kinship(quarantine, target, objects, tip.tip, signal);
    if (tip !== null && because !== null)
      found.push({
        name: safeName(basename(folder)),
        path: relative(target.root, folder),
        url: null,
        branch: tip.branch,
        because,
      });
  }
  const remotes = (await remotesOf(target)).filter((remote) => remote.name !== ownRemote);
  const byUrl = remotes.map(
    (remote): Relative => ({
      name: safeName(remote.name),
      path: null,
      url: remote.url,
      branch: null,
      because: `is the remote "${remote.name}"`,
    }),
  );
  return { found: [...found, ...byUrl], looked: [...folders, ...remotes.map((remote) => remote.url)] };
}
