import { join } from 'node:path';
import type { Commit, Sha, Signature } from '../core/commit.js';
import type { PickChain, PickRequest, PickResult } from '../core/gitPort.js';
import { partialCommits } from './fastImport.js';
import { conflictPath, type MergePair, type MergeRoom, type MergeSession, openMergeSession } from './mergeTree.js';
import { encodeCommit, encodeTree, type GitObject, type ObjectFormat, writeLoose } from './objects.js';
import type { Quarantine } from './quarantine.js';
import { emptyRoot, syntheticCommit } from './synthetic.js';

/** Where and as whom picks are made. */
export interface PickSetting {
  readonly quarantine: Quarantine;
  readonly format: ObjectFormat;
  /** False when git must be nudged to answer (before 2.49). */
  readonly flushesReplies: boolean;
  /** False for git 2.38, which merges one pair per process. */
  readonly mergeTreeStdin: boolean;
  readonly committer: Signature;
  readonly signal?: AbortSignal | undefined;
}

interface Pen {
  readonly room: MergeRoom;
  readonly objects: string;
  write(object: GitObject): Promise<Sha>;
}

const penOf = (setting: PickSetting): Pen => {
  const objects = join(setting.quarantine.place.gitDir, 'objects');
  const room = { place: setting.quarantine.place, stdin: setting.mergeTreeStdin };
  return { room, objects, write: (object) => writeLoose(objects, object, setting.format) };
};

/** A person's line in a commit, without the characters that would end it. */
export function signatureLine(person: Signature): string {
  const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(person.name)} <${clean(person.email)}> ${Math.max(0, Math.trunc(person.seconds))} ${person.zone}`;
}

/** Two tiny commits whose merge conflicts with a report above 4 KiB: it pushes the reply before it out of git's buffer. */
async function makeFiller(pen: Pen): Promise<MergePair> {
  const one = await pen.write({ type: 'blob', body: Buffer.from('1\n') });
  const two = await pen.write({ type: 'blob', body: Buffer.from('2\n') });
  const long = Buffer.from('x'.repeat(4200));
  const short = { mode: '100644', name: Buffer.from('y'), oid: one };
  const tree = (oid: Sha | null): Promise<Sha> =>
    pen.write(encodeTree(oid === null ? [short] : [{ mode: '100644', name: long, oid }, short]));
  const commit = (treeName: Sha, parents: readonly Sha[]): Promise<Sha> =>
    pen.write(
      encodeCommit({ tree: treeName, parents, author: 'a <a> 1 +0000', committer: 'a <a> 1 +0000', message: '' }),
    );
  const base = await commit(await tree(one), []);
  return { ours: await commit(await tree(null), [base]), theirs: await commit(await tree(two), [base]) };
}

/** The commit whose difference to the candidate's parent is what gets picked. */
async function theirs(pen: Pen, commit: Commit, parent: Sha, partial: Sha | undefined): Promise<Sha> {
  if (partial !== undefined) return partial;
  return commit.parents.length === 1
    ? commit.sha
    : pen.write(syntheticCommit(commit.tree, parent, commit.committer.seconds));
}

async function writePick(pen: Pen, setting: PickSetting, request: PickRequest, tree: Sha, parent: Sha): Promise<Sha> {
  return pen.write(
    encodeCommit({
      tree,
      parents: [parent],
      author: signatureLine(request.commit.author),
      committer: signatureLine(setting.committer),
      message: request.message,
    }),
  );
}

const pathsOf = (request: PickRequest): readonly string[] =>
  request.keep ?? request.commit.changes.map((file) => file.path);

async function pickOne(
  pen: Pen,
  session: MergeSession,
  setting: PickSetting,
  on: { tip: Sha; tree: Sha },
  request: PickRequest,
  partial: Sha | undefined,
): Promise<PickResult> {
  const { commit } = request;
  const parent = commit.parents[0] ?? (await rootParent(pen, setting.format));
  const ours = await pen.write(syntheticCommit(on.tree, parent, commit.committer.seconds));
  const reply = await session.merge({ ours, theirs: await theirs(pen, commit, parent, partial) });
  if (!reply.clean) {
    return { kind: 'conflict', sha: commit.sha, paths: [...new Set(reply.conflicted.map(conflictPath))] };
  }
  if (reply.tree === on.tree) return { kind: 'empty', sha: commit.sha };
  const pick = await writePick(pen, setting, request, reply.tree, on.tip);
  return { kind: 'picked', sha: commit.sha, pick, tree: reply.tree, paths: pathsOf(request) };
}

async function rootParent(pen: Pen, format: ObjectFormat): Promise<Sha> {
  const root = emptyRoot(format);
  await pen.write(root.tree);
  return pen.write(root.commit);
}

async function partials(
  pen: Pen,
  setting: PickSetting,
  picks: readonly PickRequest[],
): Promise<ReadonlyMap<PickRequest, Sha>> {
  const wanted = picks.filter((pick) => pick.keep !== undefined && pick.keep.length < pick.commit.changes.length);
  const made = await partialCommits(
    pen.room,
    setting.quarantine.folder,
    await Promise.all(
      wanted.map(async ({ commit, keep }) => ({
        commit,
        parent: commit.parents[0] ?? (await rootParent(pen, setting.format)),
        keep: new Set(keep),
      })),
    ),
    setting.signal,
  );
  return new Map(wanted.map((pick, index) => [pick, made[index] ?? ''] as const));
}

/**
 * Cherry-picks in memory, one on top of the other, through one live `merge-tree` process; no checkout, no index.
 * A conflict leaves the chain as it was. The commits stay in the quarantine until they are landed.
 */
export async function cherryPick(
  setting: PickSetting,
  base: { readonly commit: Sha; readonly tree: Sha },
  picks: readonly PickRequest[],
): Promise<PickChain> {
  if (picks.length === 0) return { base: base.commit, tip: base.commit, tree: base.tree, results: [] };
  const pen = penOf(setting);
  const partial = await partials(pen, setting, picks);
  const filler = setting.flushesReplies || !setting.mergeTreeStdin ? null : await makeFiller(pen);
  const session = openMergeSession(pen.room, { filler, signal: setting.signal });
  const results: PickResult[] = [];
  let on = { tip: base.commit, tree: base.tree };
  try {
    for (const request of picks) {
      const result = await pickOne(pen, session, setting, on, request, partial.get(request));
      results.push(result);
      if (result.kind === 'picked') on = { tip: result.pick, tree: result.tree };
    }
  } finally {
    await session.close();
  }
  return { base: base.commit, tip: on.tip, tree: on.tree, results };
}

/** Takes picks away again, newest first: a three-way merge of each with its parent as the other side. */
export async function revertPicks(
  setting: PickSetting,
  head: { readonly commit: Sha; readonly tree: Sha },
  picks: readonly { readonly sha: Sha; readonly parent: Sha; readonly parentTree: Sha; readonly seconds: number }[],
  message: string,
): Promise<
  | { readonly kind: 'reverted'; readonly tip: Sha; readonly tree: Sha }
  | { readonly kind: 'conflict'; readonly pick: Sha; readonly paths: readonly string[] }
> {
  const pen = penOf(setting);
  const filler = setting.flushesReplies || !setting.mergeTreeStdin ? null : await makeFiller(pen);
  const session = openMergeSession(pen.room, { filler, signal: setting.signal });
  let tree = head.tree;
  try {
    for (const pick of picks) {
      const ours = await pen.write(syntheticCommit(tree, pick.sha, pick.seconds));
      const back = await pen.write(syntheticCommit(pick.parentTree, pick.sha, pick.seconds));
      const reply = await session.merge({ ours, theirs: back });
      if (!reply.clean)
        return { kind: 'conflict', pick: pick.sha, paths: [...new Set(reply.conflicted.map(conflictPath))] };
      tree = reply.tree;
    }
  } finally {
    await session.close();
  }
  const line = signatureLine(setting.committer);
  const tip = await pen.write(encodeCommit({ tree, parents: [head.commit], author: line, committer: line, message }));
  return { kind: 'reverted', tip, tree };
}
