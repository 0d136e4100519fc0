import type * as vscode from 'vscode';
import type { Targets } from '../state/targets.js';
import type { EnhancementRow, FileRow } from '../tree/row.js';

/** What the documents work with. */
export interface DocumentsOptions {
  readonly targets: Targets;
  /** A folder of the extension's own, where conflicts are resolved. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** Versions of files as documents: previews, the sibling's own commits, conflicts in the merge editor. */
export class Documents implements vscode.Disposable {
  constructor(_options: DocumentsOptions) {}

  /** Opens all files that landing a commit would change: the target's version on the left, the forecast on the right. */
  async preview(_row: EnhancementRow): Promise<void> {}

  /** Opens one of them. */
  async previewFile(_row: FileRow): Promise<void> {}

  /** Opens what the commit changed on its own side. */
  async previewOwn(_row: EnhancementRow): Promise<void> {}

  /** Opens the conflicts of a commit in the merge editor. */
  async resolve(_row: EnhancementRow): Promise<void> {}

  /** Closes what is open. */
  dispose(): void {}
}
