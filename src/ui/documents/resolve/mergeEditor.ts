import * as vscode from 'vscode';
import { shortSha } from '../../../core/commit.js';
import { plainLabel } from '../../plainLabel.js';
import { blobUri } from '../blobDocuments.js';
import type { RecordedFile, ResolveRecord } from './record.js';

/** The command that the editor's own git support opens its merge editor with. */
const OPEN = '_open.mergeEditor';

/** Milliseconds in which a tab that was closed is gone. */
const CLOSES_WITHIN = 1_000;

/** Where a conflicted file is resolved. */
export interface Merge {
  readonly record: ResolveRecord;
  readonly file: RecordedFile;
  readonly output: vscode.Uri;
  readonly branch: string;
}

const resultOf = (input: unknown): vscode.Uri | null => {
  const result: unknown = typeof input === 'object' && input !== null && 'result' in input ? input.result : null;
  return result instanceof vscode.Uri ? result : null;
};

/** What a tab edits: the result of a merge editor, or the file of an ordinary one. */
export function editedIn({ input }: vscode.Tab): { readonly uri: vscode.Uri; readonly isMerge: boolean } | null {
  const result = resultOf(input);
  if (result !== null) return { uri: result, isMerge: true };
  return input instanceof vscode.TabInputText ? { uri: input.uri, isMerge: false } : null;
}

/** The tab in which a file is edited. */
export const tabOf = (uri: vscode.Uri): vscode.Tab | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find((tab) => editedIn(tab)?.uri.toString() === uri.toString());

/** Waits until a file is not edited any more; false when it still is. */
export async function untilClosed(uri: vscode.Uri): Promise<boolean> {
  for (let waited = 0; waited < CLOSES_WITHIN; waited += 50) {
    if (tabOf(uri) === undefined) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return tabOf(uri) === undefined;
}

function inputs({ record, file, output, branch }: Merge): object {
  const side = (blob: string | null): vscode.Uri =>
    blobUri({ target: record.target, blob: blob ?? '', path: file.path });
  return {
    base: side(file.base),
    input1: { uri: side(file.ours), title: 'Yours', description: plainLabel(branch, 60), detail: '' },
    input2: {
      uri: side(file.theirs),
      title: 'Incoming',
      description: plainLabel(`${record.sibling} ${shortSha(record.sha)}`, 80),
      detail: plainLabel(record.subject, 80),
    },
    output,
  };
}

/** Opens the three versions of a file; where the editor has no merge editor, the file with its conflict markers. */
export async function openMerge(merge: Merge): Promise<void> {
  const commands = await vscode.commands.getCommands(false);
  if (!commands.includes(OPEN)) {
    await vscode.window.showTextDocument(merge.output, { preview: false });
    return;
  }
  await vscode.commands.executeCommand(OPEN, inputs(merge));
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
}
