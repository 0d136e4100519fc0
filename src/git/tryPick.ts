import type { Sha } from '../core/commit.js';
import { hasConflictMarkers } from '../core/conflictMarkers.js';
import type { FileVersion, PickTrial, TriedConflict, TriedPick } from '../core/trial.js';
import { looksBinary } from './blobText.js';
import { objectsAt, readBlobs } from './catFile.js';
import { type ConflictedFile, conflictedFiles, isPlainFile } from './conflicted.js';
import { conflictType } from './conflicts.js';
import { heldBack, isDerived } from './contended.js';
import { type MergePair, type MergeReply, mergeMany } from './mergeTree.js';
import { type Pen, type PickSetting, pairOf, partials, penOf } from './pen.js';
import { partsOnTrees } from './pickParts.js';
import { resolvedTree } from './resolvedTree.js';
import { decode } from './tokens.js';

/** Puts names for a person in the place of the commits that git names in its markers. Text is bytes as Latin-1. */
export function relabel(text: string, pair: MergePair, labels: PickTrial['labels']): string {
  const latin1 = (label: string): string => Buffer.from(label, 'utf8').toString('latin1');
  const [ours, theirs] = [latin1(labels.ours), latin1(labels.theirs)];
  return text
    .replace(new RegExp(`^(<{7,}) ${pair.ours}`, 'gm'), (_all, marker: string) => `${marker} ${ours}`)
    .replace(new RegExp(`^(>{7,}) ${pair.theirs}`, 'gm'), (_all, marker: string) => `${marker} ${theirs}`);
}

interface Tried {
  readonly pair: MergePair;
  readonly reply: MergeReply;
}

/** Names of blobs that hold a merge with conflict markers, by the path as bytes; a file that git did not mark is absent. */
async function markedBlobs(
  pen: Pen,
  { pair, reply }: Tried,
  trial: PickTrial,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Sha>> {
  const editable = conflictedFiles(reply).flatMap(({ raw, ours, theirs }) =>
    raw !== null && isPlainFile(ours) && isPlainFile(theirs) && !isDerived(conflictType(reply, raw)) ? [raw] : [],
  );
  const names = await objectsAt(
    pen.room,
    editable.map((path) => ({ tree: reply.tree, path })),
    signal,
  );
  const contents = await readBlobs(
    pen.room,
    names.flatMap((name) => name ?? []),
    signal,
  );
  const marked = new Map<string, Sha>();
  for (const [index, path] of editable.entries()) {
    const bytes = contents.get(names[index] ?? '');
    const text = bytes === undefined || looksBinary(bytes) ? '' : bytes.toString('latin1');
    if (!hasConflictMarkers(text)) continue;
    const body = Buffer.from(relabel(text, pair, trial.labels), 'latin1');
    marked.set(path, await pen.write({ type: 'blob', body }));
  }
  return marked;
}

type Contents = ReadonlyMap<Sha, Buffer>;

/** Contents of both sides of every conflict, as far as they are ordinary files of a size that a person reads. */
function sideContents(pen: Pen, files: readonly ConflictedFile[], signal?: AbortSignal): Promise<Contents> {
  const sides = files.flatMap(({ ours, theirs }) => [ours, theirs]).filter(isPlainFile);
  const names = sides.map(({ oid }) => oid);
  return readBlobs(pen.room, names, signal);
}

const textOf = (contents: Contents, version: FileVersion | null): Buffer | null => {
  const bytes = isPlainFile(version) ? contents.get(version.oid) : undefined;
  return bytes === undefined || looksBinary(bytes) ? null : bytes;
};

function conflictOf(
  file: ConflictedFile,
  reply: MergeReply,
  marked: ReadonlyMap<string, Sha>,
  contents: Contents,
): TriedConflict {
  const { path, base, ours, theirs, raw, names } = file;
  const kept = raw === null ? null : textOf(contents, ours ?? theirs);
  const sides = [ours, theirs].flatMap((version) => textOf(contents, version) ?? []);
  return {
    path,
    type: conflictType(reply, raw ?? names[0] ?? ''),
    base,
    ours,
    theirs,
    merged: marked.get(raw ?? '') ?? null,
    encoding: kept === null ? null : decode(kept).exact ? 'utf8' : 'latin1',
    texts: sides.map((bytes) => decode(bytes).text),
    names: names.map((name) => decode(Buffer.from(name, 'latin1')).text),
  };
}

async function conflictsIn(pen: Pen, tried: Tried, trial: PickTrial, signal?: AbortSignal) {
  const files = conflictedFiles(tried.reply);
  const marked = await markedBlobs(pen, tried, trial, signal);
  const contents = await sideContents(pen, files, signal);
  return files.map((file) => conflictOf(file, tried.reply, marked, contents));
}

/**
 * Picks a commit alone on a tree, with what a person made of its conflicts where that fits. Everything is written into
 * the quarantine, where it can be read later.
 */
export async function tryPick(setting: PickSetting, on: Sha, trial: PickTrial): Promise<TriedPick> {
  const { signal } = setting;
  const pen = penOf(setting);
  const part = await (await partsOnTrees(setting, [trial]))(trial, on);
  const partial = (await partials(pen, setting, [part.asked])).get(part.asked);
  const pair = await pairOf(pen, setting.format, on, trial.commit, partial);
  const [merged] = await mergeMany(pen.room, [pair], { signal, messages: true });
  if (merged === undefined) throw new Error('git merge-tree gave no reply');
  const reply = heldBack(merged, part.refused);
  if (reply.clean) return { tree: reply.tree, conflicts: [] };
  const desk = { pen, folder: setting.quarantine.folder, signal };
  const resolved = await resolvedTree(desk, reply, trial.resolution ?? [], trial.commit);
  if (resolved !== null) return { tree: resolved, conflicts: [] };
  return { tree: reply.tree, conflicts: await conflictsIn(pen, { pair, reply }, trial, signal) };
}
