import type { Commit, FileChange, Sha } from '../core/commit.js';
import type { ForecastRequest } from '../core/gitPort.js';
import { fillerFor, signatureLine } from './cherryPick.js';
import { heldBack } from './contended.js';
import { conflictPath, openMergeSession } from './mergeTree.js';
import { encodeCommit } from './objects.js';
import { type PickSetting, penOf } from './pen.js';
import { partsOnTrees } from './pickParts.js';
import { syntheticCommit } from './synthetic.js';

/** A pick to take away again. */
export interface Taken {
  readonly sha: Sha;
  readonly parent: Sha;
  readonly parentTree: Sha;
  readonly commit: Commit;
}

/** A change, the other way round. */
const backwards = (file: FileChange): FileChange => ({
  ...file,
  status: file.status === 'A' ? 'D' : file.status === 'D' ? 'A' : file.status,
  oldMode: file.newMode,
  newMode: file.oldMode,
  oldBlob: file.newBlob,
  newBlob: file.oldBlob,
});

const requestBack = ({ commit }: Taken): ForecastRequest => ({
  commit: { ...commit, changes: commit.changes.map(backwards) },
});

/** Takes picks away again, newest first: a three-way merge of each with its parent as the other side, and never of a lockfile. */
export async function revertPicks(
  setting: PickSetting,
  head: { readonly commit: Sha; readonly tree: Sha },
  picks: readonly Taken[],
  message: string,
): Promise<
  | { readonly kind: 'reverted'; readonly tip: Sha; readonly tree: Sha }
  | { readonly kind: 'conflict'; readonly pick: Sha; readonly paths: readonly string[] }
> {
  const pen = penOf(setting);
  const filler = await fillerFor(pen, setting);
  const backs = picks.map((pick) => ({ pick, request: requestBack(pick) }));
  const partOn = await partsOnTrees(
    setting,
    backs.map(({ request }) => request),
  );
  const session = openMergeSession(pen.room, { filler, signal: setting.signal });
  let tree = head.tree;
  try {
    for (const { pick, request } of backs) {
      const { seconds } = pick.commit.committer;
      const ours = await pen.write(syntheticCommit(tree, pick.sha, seconds));
      const back = await pen.write(syntheticCommit(pick.parentTree, pick.sha, seconds));
      const { aside, refused } = await partOn(request, tree);
      const reply = heldBack(await session.merge({ ours, theirs: back }), [...aside, ...refused]);
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
