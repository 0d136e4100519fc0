import * as vscode from 'vscode';
import { BLOB_SCHEME, COMMANDS } from '../contributions.js';
import type { Target } from '../state/target.js';
import type { Targets } from '../state/targets.js';
import { type Telling, tellError } from '../tellError.js';
import type { EnhancementRow, FileRow } from '../tree/row.js';
import { BlobDocuments } from './blobDocuments.js';
import { openOwn, openPreview, openPreviewFile } from './previews.js';
import { Conflicts } from './resolve/conflicts.js';
import { ResolutionFolder } from './resolve/resolutionFolder.js';
import { StaleResolutions } from './resolve/staleResolutions.js';

/** What the documents work with. */
export interface DocumentsOptions {
  readonly targets: Targets;
  /** A folder of the extension's own, where conflicts are resolved. */
  readonly storage: vscode.Uri;
  readonly telling: Telling;
}

/** Versions of files as documents: previews, the sibling's own commits, conflicts in the merge editor. */
export class Documents implements vscode.Disposable {
  private readonly targets: Targets;
  private readonly conflicts: Conflicts;
  private readonly parts: vscode.Disposable;

  constructor({ targets, storage, telling: where }: DocumentsOptions) {
    this.targets = targets;
    const folder = new ResolutionFolder(storage);
    const telling = (error: unknown): Promise<void> => tellError(where, error);
    this.conflicts = new Conflicts({ targets, folder, tell: telling });
    this.parts = vscode.Disposable.from(
      this.conflicts,
      new StaleResolutions(targets, folder),
      vscode.workspace.registerTextDocumentContentProvider(BLOB_SCHEME, new BlobDocuments(targets)),
      vscode.commands.registerCommand(COMMANDS.completeMerge, (given: unknown) =>
        this.conflicts.complete(given instanceof vscode.Uri ? given : undefined).catch(telling),
      ),
    );
  }

  /** Opens all files that landing a commit would change: the target's version on the left, the forecast on the right. */
  async preview(row: EnhancementRow): Promise<void> {
    const target = this.targetOf(row);
    if (target !== undefined) await openPreview(target, row);
  }

  /** Opens one of them. */
  async previewFile(row: FileRow): Promise<void> {
    const target = this.targetOf(row);
    if (target !== undefined) await openPreviewFile(target, row);
  }

  /** Opens what the commit changed on its own side. */
  async previewOwn(row: EnhancementRow): Promise<void> {
    const target = this.targetOf(row);
    if (target !== undefined) await openOwn(target, row);
  }

  /** Opens the conflicts of a commit in the merge editor. In Restricted Mode nothing is resolved. */
  async resolve(row: EnhancementRow): Promise<void> {
    const target = this.targetOf(row);
    if (target !== undefined && vscode.workspace.isTrusted) await this.conflicts.resolve(target, row);
  }

  /** Closes what is open. */
  dispose(): void {
    this.parts.dispose();
  }

  private targetOf({ target }: EnhancementRow | FileRow): Target | undefined {
    return this.targets.get(target);
  }
}
