import { randomBytes } from 'node:crypto';
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

const blockOf = (mark: number, parent: Sha, seconds: number, changes: readonly string[]): string =>
  [
    `commit ${PARTIAL_REF}`,
    `mark :${mark}`,
    `committer autosync <autosync@localhost> ${Math.max(0, seconds)} +0000`,
    'data 0',
    `from ${parent}`,
    ...changes,
    '\n',
  ].join('\n');

const block = (pick: PartialPick, mark: number): string => {
  const { commit, parent, keep } = pick;
  // Deletions come first, so that a file that becomes a folder (or the other way round) leaves room.
  const kept = commit.changes.filter((file) => keep.has(file.path));
  const ordered = [...kept.filter((file) => file.status === 'D'), ...kept.filter((file) => file.status !== 'D')];
  return blockOf(mark, parent, commit.committer.seconds, ordered.map(change));
};

/** Takes the name away again that fast-import wants for its commits: no ref of ours is ever seen, nor its lock met. */
const forget = (zeros: Sha): string => `reset ${PARTIAL_REF}\nfrom ${zeros}\n\n`;

/** Runs blocks of `commit` commands, marked from 1 in their order; answers the commits. Text is bytes as Latin-1. */
async function importCommits(
  room: MergeRoom,
  folder: string,
  blocks: readonly string[],
  zeros: Sha,
  signal?: AbortSignal,
): Promise<readonly Sha[]> {
  const marks = join(folder, `marks-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await runGit({
      ...room,
      args: ['fast-import', '--quiet', '--force', '--done', `--export-marks=${marks}`],
      input: Buffer.from(`${blocks.join('')}${forget(zeros)}done\n`, 'latin1'),
      signal,
    });
    const lines = (await readFile(marks, 'utf8')).split('\n').map((line) => line.split(' ') as [string, string]);
    const byMark = new Map(lines);
    return blocks.map((_block, index) => byMark.get(`:${index + 1}`) ?? '');
  } finally {
    await rm(marks, { force: true });
  }
}

const zerosOf = (like: Sha): Sha => '0'.repeat(like.length);

/** Makes, in one process, a commit on each pick's own parent that holds only the kept paths. The answer is in order. */
export async function partialCommits(
  room: MergeRoom,
  folder: string,
  picks: readonly PartialPick[],
  signal?: AbortSignal,
): Promise<readonly Sha[]> {
  const [first] = picks;
  if (first === undefined) return [];
  const blocks = picks.map((pick, index) => Buffer.from(block(pick, index + 1)).toString('latin1'));
  return importCommits(room, folder, blocks, zerosOf(first.parent), signal);
}

/** A file that is put in place of another, or taken away; its path is bytes as Latin-1 text. */
export interface FilePut {
  readonly path: string;
  /** Null: the file is deleted. */
  readonly file: { readonly mode: string; readonly oid: Sha } | null;
}

/** Makes a commit on `parent` in which some files are replaced. */
export async function commitWith(
  room: MergeRoom,
  folder: string,
  parent: Sha,
  puts: readonly FilePut[],
  signal?: AbortSignal,
): Promise<Sha> {
  const line = ({ path, file }: FilePut): string =>
    file === null ? `D ${quotePath(path)}` : `M ${file.mode} ${file.oid} ${quotePath(path)}`;
  const ordered = [...puts.filter(({ file }) => file === null), ...puts.filter(({ file }) => file !== null)];
  const [commit = ''] = await importCommits(
    room,
    folder,
    [blockOf(1, parent, 0, ordered.map(line))],
    zerosOf(parent),
    signal,
  );
  return commit;
}
