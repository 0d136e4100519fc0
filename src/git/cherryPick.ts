import type { Sha, Signature } from '../core/commit.js';
import type { PickChain, PickRequest, PickResult } from '../core/gitPort.js';
import { heldBack } from './contended.js';
import { conflictPath, type MergePair, type MergeReply, type MergeSession, openMergeSession } from './mergeTree.js';
import { encodeCommit, encodeTree } from './objects.js';
import { type Pen, type PickSetting, pairOf, partials, penOf } from './pen.js';
import { type PartOn, type PickPart, partsOnTrees } from './pickParts.js';
import { relockedTree } from './relock.js';
import { resolvedTree } from './resolvedTree.js';
import { type Merged, staleLockfiles } from './stale.js';

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

/** What nudges git to answer; null where it does so by itself. */
export function fillerFor(
  pen: Pen,
  { flushesReplies, mergeTreeStdin }: Pick<PickSetting, 'flushesReplies' | 'mergeTreeStdin'>,
): Promise<MergePair | null> {
  return flushesReplies || !mergeTreeStdin ? Promise.resolve(null) : makeFiller(pen);
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

/** What every pick of a chain works with. */
interface Bench {
  readonly pen: Pen;
  readonly setting: PickSetting;
  readonly session: MergeSession;
  readonly partOn: PartOn<PickRequest>;
  readonly partial: ReadonlyMap<PickRequest, Sha>;
}

/** The merge that a pick is, without what is made anew, and with what nobody may merge as a conflict. */
async function mergeOf(bench: Bench, part: PickPart<PickRequest>, on: Sha): Promise<MergeReply> {
  const { pen, setting, session } = bench;
  const known = part.aside.length === 0 ? bench.partial : await partials(pen, setting, [part.asked]);
  const reply = await session.merge(await pairOf(pen, setting.format, on, part.request.commit, known.get(part.asked)));
  return heldBack(reply, part.refused);
}

/** The tree of a pick: as git merges it, or, where that conflicts, as a person resolved it; null when neither fits. */
async function pickedTree({ pen, setting }: Bench, request: PickRequest, reply: MergeReply): Promise<Sha | null> {
  if (reply.clean) return reply.tree;
  const { resolution = [], commit } = request;
  return resolvedTree({ pen, folder: setting.quarantine.folder, signal: setting.signal }, reply, resolution, commit);
}

type Point = { readonly tip: Sha; readonly tree: Sha };

const unmade = (sha: Sha, path: string, why: string): PickResult => ({
  kind: 'conflict',
  sha,
  paths: [path],
  unmade: `${path} is never merged as text, and it could not be made anew: ${why}`,
});

/** A merged tree as a pick, its lockfiles made anew where they have to be. */
async function finishPick(bench: Bench, on: Point, merged: Merged, conflicted: readonly string[]): Promise<PickResult> {
  const { pen, setting } = bench;
  const { request } = merged.part;
  const { sha } = request.commit;
  const { lockfiles, untold } = await staleLockfiles(pen, merged, setting.signal);
  const [alone] = untold;
  if (alone !== undefined) return unmade(sha, alone, 'no manifest tells what the sibling changed in it');
  const commitOf = (tree: Sha): Promise<Sha> => writePick(pen, setting, request, tree, on.tip);
  const { relock } = setting;
  const desk = relock && { pen, folder: setting.quarantine.folder, signal: setting.signal, ...relock };
  const made = desk ? await relockedTree(desk, merged.tree, lockfiles, commitOf) : { kind: 'made' as const, ...merged };
  if (made.kind === 'failed') return unmade(sha, made.path, made.why);
  const { tree } = made;
  if (tree === on.tree) return { kind: 'empty', sha };
  const paths = [...new Set([...pathsOf(request), ...conflicted, ...lockfiles])];
  const told = lockfiles.length === 0 ? {} : desk ? { relocked: lockfiles } : { stale: lockfiles };
  return { kind: 'picked', sha, pick: await commitOf(tree), tree, paths, ...told };
}

async function pickOne(bench: Bench, on: Point, request: PickRequest): Promise<PickResult> {
  const part = await bench.partOn(request, on.tree);
  const reply = await mergeOf(bench, part, on.tree);
  const conflicted = [...new Set(reply.conflicted.map(conflictPath))];
  const tree = await pickedTree(bench, request, reply);
  if (tree === null) return { kind: 'conflict', sha: request.commit.sha, paths: conflicted };
  return finishPick(bench, on, { part, on: on.tree, tree }, conflicted);
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
  const filler = await fillerFor(pen, setting);
  const partOn = await partsOnTrees(setting, picks);
  const session = openMergeSession(pen.room, { filler, signal: setting.signal });
  const bench: Bench = { pen, setting, session, partOn, partial };
  const results: PickResult[] = [];
  let on = { tip: base.commit, tree: base.tree };
  try {
    for (const request of picks) {
      const result = await pickOne(bench, on, request);
      results.push(result);
      if (result.kind === 'picked') on = { tip: result.pick, tree: result.tree };
    }
  } finally {
    await session.close();
  }
  return { base: base.commit, tip: on.tip, tree: on.tree, results };
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
