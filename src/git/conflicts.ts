import type { Sha } from '../core/commit.js';
import type { ForecastRequest } from '../core/gitPort.js';
import type { ConflictFile, ConflictHunk } from '../core/standing.js';
import { objectsAt, readBlobs } from './catFile.js';
import { type ForecastSetting, mergeForExplanation } from './forecast.js';
import { logCommits } from './log.js';
import { conflictPath, type MergeReply, type MergeRoom } from './mergeTree.js';
import { pickParts } from './pickParts.js';
import type { Head } from './room.js';
import { decode } from './tokens.js';

/** Commits that are looked through for the last author of a path before giving up. */
const FARTHEST = 2000;
const MOST_HUNKS = 20;
const MOST_LINES = 40;

/**
 * Reads the conflict markers that `merge-tree` left in a file. `line` is where the hunk begins in the target's own
 * version, 1-based.
 */
export function parseHunks(text: string): readonly ConflictHunk[] {
  const hunks: ConflictHunk[] = [];
  let side: 'both' | 'ours' | 'theirs' = 'both';
  let line = 1;
  let hunk = { line: 1, ours: [] as string[], theirs: [] as string[] };
  for (const row of text.split('\n')) {
    if (side === 'both' && row.startsWith('<<<<<<< ')) {
      side = 'ours';
      hunk = { line, ours: [], theirs: [] };
    } else if (side === 'ours' && row.replace(/\r$/, '') === '=======') side = 'theirs';
    else if (side === 'theirs' && row.startsWith('>>>>>>> ')) {
      side = 'both';
      hunks.push({ line: hunk.line, ours: hunk.ours.slice(0, MOST_LINES), theirs: hunk.theirs.slice(0, MOST_LINES) });
    } else if (side === 'theirs') hunk.theirs.push(row);
    else {
      line += 1;
      if (side === 'ours') hunk.ours.push(row);
    }
  }
  return hunks.slice(0, MOST_HUNKS);
}

/** git's word for the conflict of a path, which is given as bytes: `CONFLICT (contents)` -> `contents`. */
export function conflictType(reply: MergeReply, path: string): string {
  const message = reply.messages.find(
    (candidate) => candidate.type.startsWith('CONFLICT') && candidate.paths.includes(path),
  );
  const word = /\(([^)]*)\)/.exec(message?.type ?? '')?.[1] ?? 'contents';
  const hadBase = reply.conflicted.some((entry) => entry.path === path && entry.stage === 1);
  return word === 'contents' && !hadBase ? 'add/add' : word; // git says that one only in its text
}

/** The last author of each path in a history, newest commit first; stops as soon as all are known. */
async function lastAuthors(
  setting: ForecastSetting,
  tip: Sha,
  paths: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const authors = new Map<string, string>();
  if (paths.size === 0) return authors;
  const options = { limit: FARTHEST, ...(setting.signal ? { signal: setting.signal } : {}) };
  for await (const commit of logCommits(setting.quarantine.place, [tip], options)) {
    for (const file of commit.changes) {
      if (paths.has(file.path) && !authors.has(file.path)) authors.set(file.path, commit.author.name);
    }
    if (authors.size === paths.size) break;
  }
  return authors;
}

interface RawConflict {
  readonly path: string;
  readonly type: string;
  readonly hunks: readonly ConflictHunk[];
}

const conflictedPaths = (reply: MergeReply): readonly string[] => [
  ...new Set(reply.conflicted.map((entry) => entry.path)),
];

/** True for a path that stands on both sides, so that git left conflict markers in it. */
const onBothSides = (reply: MergeReply, path: string): boolean =>
  [2, 3].every((stage) => reply.conflicted.some((entry) => entry.path === path && entry.stage === stage));

/** What conflicts in each merge, the files of all of them read together: their number starts no more processes. */
async function conflictsOf(
  room: MergeRoom,
  replies: readonly MergeReply[],
  signal?: AbortSignal,
): Promise<readonly (readonly RawConflict[])[]> {
  const marked = replies.flatMap((reply) =>
    conflictedPaths(reply)
      .filter((path) => onBothSides(reply, path))
      .map((path) => ({ tree: reply.tree, path })),
  );
  const names = await objectsAt(room, marked, signal);
  const blobs = await readBlobs(
    room,
    names.flatMap((name) => name ?? []),
    signal,
  );
  const contents = new Map(
    marked.map(({ tree, path }, index) => [`${tree}:${path}`, blobs.get(names[index] ?? '')] as const),
  );
  return replies.map((reply) =>
    conflictedPaths(reply).map((path) => {
      const bytes = contents.get(`${reply.tree}:${path}`);
      const hunks = bytes === undefined || bytes.includes(0) ? [] : parseHunks(decode(bytes).text);
      return { path: conflictPath({ path }), type: conflictType(reply, path), hunks };
    }),
  );
}

/** What conflicts, file by file: git's word for it, the hunks, and who last touched the file on either side. */
export async function explainConflicts(
  setting: ForecastSetting,
  head: { readonly commit: Sha } & Head,
  tip: Sha,
  requests: readonly ForecastRequest[],
): Promise<ReadonlyMap<Sha, readonly ConflictFile[]>> {
  if (requests.length === 0) return new Map();
  const parts = await pickParts(setting, head.files, requests);
  const raw = await mergeForExplanation(setting, head.tree, parts, (room, replies) =>
    conflictsOf(room, replies, setting.signal),
  );
  const paths = new Set(raw.flatMap((files) => files.map((file) => file.path)));
  const [here, there] = await Promise.all([lastAuthors(setting, head.commit, paths), lastAuthors(setting, tip, paths)]);
  return new Map(
    requests.map((request, index) => [
      request.commit.sha,
      (raw[index] ?? []).map((file) => ({
        ...file,
        lastAuthorHere: here.get(file.path) ?? null,
        lastAuthorThere: there.get(file.path) ?? null,
      })),
    ]),
  );
}
