import * as vscode from 'vscode';
import { shortSha } from '../../core/commit.js';
import { assertNever } from '../../core/errors.js';
import type { Preview, PreviewFile } from '../../core/preview.js';
import { cancellable } from '../cancellable.js';
import { COMMANDS } from '../contributions.js';
import { plainLabel } from '../plainLabel.js';
import type { Target } from '../state/target.js';
import { enhancementId } from '../tree/enhancementId.js';
import type { EnhancementRow, FileRow } from '../tree/row.js';
import { blobUri } from './blobDocuments.js';
import {
  type ConflictPlan,
  filePlan,
  ownPlan,
  type PreviewOffer,
  type PreviewPlan,
  previewPlan,
} from './previewPlan.js';
import { fileTitle, nameOf } from './titles.js';

const OFFERS = {
  resolve: { title: 'Resolve Conflict', command: COMMANDS.resolve },
  own: { title: "Show the Sibling's Own Commit", command: COMMANDS.previewOwn },
} as const;

const ask = (target: Target, { row }: EnhancementRow | FileRow): Promise<Preview> =>
  cancellable(`Preparing ${shortSha(row.sha)} of ${plainLabel(row.sibling, 60)} ...`, (signal) =>
    target.engine.preview(row.sha, signal),
  );

const branchOf = (target: Target): string => target.state.overview?.target.branch ?? target.state.name;

const sideOf = (target: Target, path: string, blob: string | null): vscode.Uri =>
  blobUri({ target: target.state.id, blob: blob ?? '', path });

/** Opens one file in two versions. */
export async function openFile(target: Target, title: string, { path, before, after }: PreviewFile): Promise<void> {
  const [left, right] = [sideOf(target, path, before), sideOf(target, path, after)];
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
}

async function openFiles(target: Target, { title, files }: PreviewPlan): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  if (files.length === 1) return openFile(target, fileTitle(first.path, title), first);
  // A side that is missing makes the editor say that the file is new or gone; one of them has to be there.
  const sides = files.map(({ path, before, after }) => {
    const right = after === null && before !== null ? undefined : sideOf(target, path, after);
    return [sideOf(target, path, after ?? before), before === null ? undefined : sideOf(target, path, before), right];
  });
  await vscode.commands.executeCommand('vscode.changes', title, sides);
}

/** Says what an editor does not show; nobody waits for the answer. */
function say(text: string, offers: readonly PreviewOffer[], row: EnhancementRow | null): void {
  const titles = row === null ? [] : offers.map((offer) => OFFERS[offer].title);
  void vscode.window.showInformationMessage(text, ...titles).then((chosen) => {
    const offer = offers.find((one) => OFFERS[one].title === chosen);
    if (offer !== undefined) void vscode.commands.executeCommand(OFFERS[offer].command, row);
  });
}

/** In Restricted Mode nothing is resolved. */
const trusted = (offers: readonly PreviewOffer[]): readonly PreviewOffer[] =>
  offers.filter((offer) => offer !== 'resolve' || vscode.workspace.isTrusted);

async function show(target: Target, plan: PreviewPlan, row: EnhancementRow): Promise<void> {
  await openFiles(target, plan);
  const { message } = plan;
  if (message === null) return;
  say(message.text, trusted(message.offers), row);
}

/** Opens all files that landing a commit would change. */
export async function openPreview(target: Target, row: EnhancementRow): Promise<void> {
  await show(target, previewPlan(await ask(target, row), branchOf(target)), row);
}

/** Opens what a commit changed on its own side. */
export async function openOwn(target: Target, row: EnhancementRow): Promise<void> {
  await show(target, ownPlan(await ask(target, row)), row);
}

/** Opens a conflicted file as it is here and as the sibling has it. */
async function openConflict(target: Target, row: FileRow, { title, text }: ConflictPlan): Promise<void> {
  const { files } = await cancellable(`Preparing the conflict of ${plainLabel(nameOf(row.path))} ...`, (signal) =>
    target.engine.conflict(row.row.sha, signal),
  );
  const versions = files.find(({ path }) => path === row.path);
  if (versions === undefined) return;
  await openFile(target, title, { path: row.path, before: versions.ours, after: versions.theirs, note: '' });
  const id = enhancementId(row.target, row.row);
  say(text, trusted(['resolve']), { kind: 'enhancement', id, target: row.target, row: row.row });
}

/** Opens one file of a commit as it would change here; else as it changed there, which its title says. */
export async function openPreviewFile(target: Target, row: FileRow): Promise<void> {
  const plan = filePlan(await ask(target, row), branchOf(target), row.path, row.rule);
  switch (plan.kind) {
    case 'conflict':
      return openConflict(target, row, plan);
    case 'nothing':
      return say(plan.text, [], null);
    case 'diff':
      await openFile(target, plan.title, plan.file);
      return plan.note === null ? undefined : say(plan.note, [], null);
    default:
      return assertNever(plan);
  }
}
