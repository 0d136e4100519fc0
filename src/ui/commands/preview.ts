import * as vscode from 'vscode';
import { plainLabel } from '../plainLabel.js';
import { canResolve } from '../possible.js';
import type { EnhancementRow, FileRow } from '../tree/row.js';
import { isTrusted } from './ask.js';
import { chooseCommit } from './chooseCommit.js';
import type { CommandParts } from './parts.js';
import { type Given, rowOf } from './rows.js';

type Parts = Pick<CommandParts, 'targets' | 'documents'>;

const none = 'No commit of a sibling is known yet. "AutoSync: Scan" looks for them.';

/** Preview: what landing a commit would change in the target's files. */
export async function preview(parts: Parts, given?: Given): Promise<void> {
  const row = await chooseCommit(parts, given, { title: 'Preview', suits: () => true, none });
  if (row !== undefined) await parts.documents.preview(row);
}

/** Show the Sibling's Own Commit: what it changed on its own side. */
export async function previewOwn(parts: Parts, given?: Given): Promise<void> {
  const row = await chooseCommit(parts, given, { title: "Show the Sibling's Own Commit", suits: () => true, none });
  if (row !== undefined) await parts.documents.previewOwn(row);
}

/** Resolve Conflict: the three versions in the merge editor. */
export async function resolve(parts: Parts, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const title = 'Resolve Conflict';
  const row = await chooseCommit(parts, given, { title, suits: canResolve, none: 'No commit is in conflict.' });
  if (row !== undefined) await parts.documents.resolve(row);
}

/** One of the files of a commit, as a person picks it. */
async function chooseFile(parts: Parts, commit: EnhancementRow): Promise<FileRow | undefined> {
  const target = parts.targets.get(commit.target);
  const details = await target?.engine.incoming(commit.row.sibling, commit.row.sha);
  const kept = details?.files.kept ?? [];
  const items = kept.map((path) => ({ label: plainLabel(path), path }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Preview File', placeHolder: 'Which file?' });
  if (picked === undefined) return undefined;
  const { path } = picked;
  return { kind: 'file', id: `${commit.id}|${path}`, target: commit.target, row: commit.row, path, rule: null };
}

/** Preview File: one file of what landing a commit would change. */
export async function previewFile(parts: Parts, given?: Given): Promise<void> {
  const known = rowOf(given);
  if (known?.kind === 'file') return parts.documents.previewFile(known);
  const suits = ({ kept }: { readonly kept: number }): boolean => kept > 0;
  const commit = await chooseCommit(parts, given, { title: 'Preview File', suits, none });
  const row = commit === undefined ? undefined : await chooseFile(parts, commit);
  if (row !== undefined) await parts.documents.previewFile(row);
}
