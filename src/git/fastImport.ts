import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Commit, FileChange, Sha } from '../core/commit.js';
import type { MergeRoom } from './mergeTree.js';
import { runGit } from './run.js';

/** A commit of which only some paths are taken. */
export interface PartialPick {
  readonly commit: Commit;
  /** The commit's own parent; for a first commit the one with nothing in it. */
  readonly parent: Sha;
  readonly keep: ReadonlySet<string>;
}

const PARTIAL_REF = 'refs/autosync/partial';

/** A path as fast-import reads it (git-fast-import(1), "filemodify"): quoted when it holds anything unusual. */
export function quotePath(path: string): string {
  if (!/^"|[\n\\]|^\s|\s$/.test(path) && !path.includes('"')) return path;
  return `"${path.replace(/[\\"]/g, (char) => `\\${char}`).replace(/\n/g, '\\n')}"`;
}

const change = (file: FileChange): string =>
  file.status === 'D' ? `D ${quotePath(file.path)}` : `M ${file.newMode} ${file.newBlob} ${quotePath(file.path)}`;

const block = (pick: PartialPick, mark: number): string => {
  const { commit, parent, keep } = pick;
  // Deletions come first, so that a file that becomes a folder (or the other way round) leaves room.
  const kept = commit.changes.filter((file) => keep.has(file.path));
  const ordered = [...kept.filter((file) => file.status === 'D'), ...kept.filter((file) => file.status !== 'D')];
  return [
    `commit ${PARTIAL_REF}`,
    `mark :${mark}`,
    `committer autosync <autosync@localhost> ${Math.max(0, commit.committer.seconds)} +0000`,
    'data 0',
    `from ${parent}`,
    ...ordered.map(change),
    '',
  ].join('\n');
};

/**
 * Makes, in one process, a commit on each pick's own parent that holds only the kept paths. The answer is in order.
 * fast-import writes a ref; it is one of ours and is removed again.
 */
export async function partialCommits(
  room: MergeRoom,
  folder: string,
  picks: readonly PartialPick[],
  signal?: AbortSignal,
): Promise<readonly Sha[]> {
  if (picks.length === 0) return [];
  const marks = join(folder, `marks-${process.pid}-${picks[0]?.commit.sha ?? ''}`);
  const input = picks.map((pick, index) => block(pick, index + 1)).join('');
  try {
    await runGit({
      ...room,
      args: ['fast-import', '--quiet', '--force', `--export-marks=${marks}`],
      input: `${input}done\n`,
      signal,
    });
    const byMark = new Map(
      (await readFile(marks, 'utf8')).split('\n').map((line) => line.split(' ') as [string, string]),
    );
    return picks.map((_pick, index) => byMark.get(`:${index + 1}`) ?? '');
  } finally {
    await rm(marks, { force: true });
    await runGit({ ...room, args: ['update-ref', '-d', PARTIAL_REF] });
  }
}
