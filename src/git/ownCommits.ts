import type { Sha } from '../core/commit.js';
import type { GitPort } from '../core/gitPort.js';
import { emptyCommit, signatureLine } from './cherryPick.js';
import { commitWith } from './fastImport.js';
import { encodeCommit } from './objects.js';
import { type PickSetting, penOf } from './pen.js';
import { pickSetting, type Room, treeOf } from './room.js';

/** A commit on `base` that puts a text, as an ordinary file, at a path relative to the root. */
async function fileCommit(
  setting: PickSetting,
  room: Room,
  base: Sha,
  file: { readonly path: string; readonly text: string },
  message: string,
): Promise<Sha> {
  const pen = penOf(setting);
  const oid = await pen.write({ type: 'blob', body: Buffer.from(file.text, 'utf8') });
  const put = { path: Buffer.from(file.path, 'utf8').toString('latin1'), file: { mode: '100644', oid } };
  const made = await commitWith(pen.room, setting.quarantine.folder, base, [put], setting.signal);
  const line = signatureLine(setting.committer);
  const tree = await treeOf(room, made);
  return pen.write(encodeCommit({ tree, parents: [base], author: line, committer: line, message }));
}

/** Commits of AutoSync itself: nothing of them comes from a sibling. */
export const ownCommits = (room: Room): Pick<GitPort, 'emptyCommit' | 'fileCommit'> => ({
  emptyCommit: async (base, message, signal) =>
    emptyCommit(await pickSetting(room, signal), { commit: base, tree: await treeOf(room, base) }, message),
  fileCommit: async (base, file, message, signal) =>
    fileCommit(await pickSetting(room, signal), room, base, file, message),
});
