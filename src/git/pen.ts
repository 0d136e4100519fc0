import { join } from 'node:path';
import type { Commit, Sha, Signature } from '../core/commit.js';
import type { ForecastRequest, Relock } from '../core/gitPort.js';
import type { ContentCache } from './contentCache.js';
import { partialCommits } from './fastImport.js';
import type { MergePair, MergeRoom } from './mergeTree.js';
import { type GitObject, type ObjectFormat, writeLoose } from './objects.js';
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
  /** Who makes lockfiles anew, and what was made before; absent: nobody. */
  readonly relock?: { readonly relock: Relock; readonly made: ContentCache };
  readonly signal?: AbortSignal | undefined;
}

/** Writes objects into the quarantine, where they stay. */
export interface Pen {
  readonly room: MergeRoom;
  write(object: GitObject): Promise<Sha>;
}

/** A pen for the quarantine of a setting. */
export const penOf = (setting: Pick<PickSetting, 'quarantine' | 'format' | 'mergeTreeStdin'>): Pen => {
  const objects = join(setting.quarantine.place.gitDir, 'objects');
  const room = { place: setting.quarantine.place, stdin: setting.mergeTreeStdin };
  return { room, write: (object) => writeLoose(objects, object, setting.format) };
};

async function rootParent(pen: Pen, format: ObjectFormat): Promise<Sha> {
  const root = emptyRoot(format);
  await pen.write(root.tree);
  return pen.write(root.commit);
}

const parentOf = async (pen: Pen, commit: Commit, format: ObjectFormat): Promise<Sha> =>
  commit.parents[0] ?? rootParent(pen, format);

/** The commit whose difference to the candidate's parent is what gets picked. */
async function theirs(pen: Pen, commit: Commit, parent: Sha, partial: Sha | undefined): Promise<Sha> {
  if (partial !== undefined) return partial;
  return commit.parents.length === 1
    ? commit.sha
    : pen.write(syntheticCommit(commit.tree, parent, commit.committer.seconds));
}

/** The pair whose merge is the pick of a commit on the tree `on`; `partial` stands for it when only some paths are taken. */
export async function pairOf(
  pen: Pen,
  format: ObjectFormat,
  on: Sha,
  commit: Commit,
  partial: Sha | undefined,
): Promise<MergePair> {
  const parent = await parentOf(pen, commit, format);
  const ours = await pen.write(syntheticCommit(on, parent, commit.committer.seconds));
  return { ours, theirs: await theirs(pen, commit, parent, partial) };
}

/** Commits that stand for those picks of which only some paths are taken. */
export async function partials<Request extends ForecastRequest>(
  pen: Pen,
  setting: Pick<PickSetting, 'quarantine' | 'format' | 'signal'>,
  picks: readonly Request[],
): Promise<ReadonlyMap<Request, Sha>> {
  const wanted = picks.filter((pick) => pick.keep !== undefined && pick.keep.length < pick.commit.changes.length);
  const made = await partialCommits(
    pen.room,
    setting.quarantine.folder,
    await Promise.all(
      wanted.map(async ({ commit, keep }) => ({
        commit,
        parent: await parentOf(pen, commit, setting.format),
        keep: new Set(keep),
      })),
    ),
    setting.signal,
  );
  return new Map(wanted.map((pick, index) => [pick, made[index] ?? ''] as const));
}
