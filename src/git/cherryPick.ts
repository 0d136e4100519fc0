import type { Sha, Signature } from '../core/commit.js';
import type { PickChain, PickRequest, PickResult } from '../core/gitPort.js';
import { conflictPath, type MergePair, type MergeReply, type MergeSession, openMergeSession } from './mergeTree.js';
import { encodeCommit, encodeTree } from './objects.js';
import { type Pen, type PickSetting, pairOf, partials, penOf } from './pen.js';
import { resolvedTree } from './resolvedTree.js';
import { syntheticCommit } from './synthetic.js';

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

/** The tree of a pick: as git merges it, or, where that conflicts, as a person resolved it; null when neither fits. */
async function pickedTree(
  pen: Pen,
  setting: PickSetting,
  request: PickRequest,
  reply: MergeReply,
): Promise<Sha | null> {
  if (reply.clean) return reply.tree;
  const { resolution = [], commit } = request;
  return resolvedTree({ pen, folder: setting.quarantine.folder, signal: setting.signal }, reply, resolution, commit);
}

async function pickOne(
  pen: Pen,
  session: MergeSession,
  setting: PickSetting,
  on: { tip: Sha; tree: Sha },
  request: PickRequest,
  partial: Sha | undefined,
): Promise<PickResult> {
  const { commit } = request;
  const reply = await session.merge(await pairOf(pen, setting.format, on.tree, commit, partial));
  const conflicted = [...new Set(reply.conflicted.map(conflictPath))];
  const tree = await pickedTree(pen, setting, request, reply);
  if (tree === null) return { kind: 'conflict', sha: commit.sha, paths: conflicted };
  if (tree === on.tree) return { kind: 'empty', sha: commit.sha };
  const pick = await writePick(pen, setting, request, tree, on.tip);
  return { kind: 'picked', sha: commit.sha, pick, tree, paths: [...new Set([...pathsOf(request), ...conflicted])] };
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

/** A commit on `head` that changes nothing. */
export async function emptyCommit(
  setting: PickSetting,
  head: { readonly commit: Sha; readonly tree: Sha },
  message: string,
): Promise<Sha> {
  const line = signatureLine(setting.committer);
  return penOf(setting).write(
    encodeCommit({ tree: head.tree, parents: [head.commit], author: line, committer: line, message }),
  );
}
