import * as vscode from 'vscode';
import type { Sha } from '../../../core/commit.js';
import { isResolveRecord, type RecordedFile, type ResolveRecord } from './record.js';
import { commitFolder, placeIn, RESOLUTIONS } from './storagePath.js';

const RECORD = 'record.json';

/** Where conflicts are resolved on disk: a folder a commit, with a record and a file for each conflicted one. */
export class ResolutionFolder {
  private readonly root: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.root = vscode.Uri.joinPath(storage, RESOLUTIONS);
  }

  /** The record of a commit; null when there is none that can be read. */
  async read(target: string, sha: Sha): Promise<ResolveRecord | null> {
    return this.readIn(this.folderOf({ target, sha }));
  }

  /** Remembers how far a commit is. */
  async write(record: ResolveRecord): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(record, null, 2));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(this.folderOf(record), RECORD), bytes);
  }

  /** The file in which a conflicted one is resolved. */
  uriOf(record: ResolveRecord, { place }: RecordedFile): vscode.Uri {
    return vscode.Uri.joinPath(this.folderOf(record), place);
  }

  /** What stands in it, as the editor reads files of that kind. Throws when it is not there. */
  async text(record: ResolveRecord, file: RecordedFile): Promise<string> {
    const uri = this.uriOf(record, file);
    return vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
  }

  /** Puts a text there. */
  async setText(record: ResolveRecord, file: RecordedFile, text: string): Promise<void> {
    const uri = this.uriOf(record, file);
    await vscode.workspace.fs.writeFile(uri, await vscode.workspace.encode(text, { uri }));
  }

  /** Whose file a document is; null when it is none of ours. */
  async find(uri: vscode.Uri): Promise<{ readonly record: ResolveRecord; readonly file: RecordedFile } | null> {
    const at = uri.scheme === this.root.scheme ? placeIn(this.root.path, uri.path) : null;
    if (at === null) return null;
    const record = await this.readIn(vscode.Uri.joinPath(this.root, at.target, at.sha));
    const file = record?.files.find(({ place }) => place === at.place);
    return record === null || file === undefined ? null : { record, file };
  }

  /** Forgets a commit. */
  async remove(of: Pick<ResolveRecord, 'target' | 'sha'>): Promise<void> {
    await vscode.workspace.fs.delete(this.folderOf(of), { recursive: true }).then(undefined, () => undefined);
  }

  /** Forgets every commit of a target that is not in conflict any more. */
  async keepOnly(target: string, shas: ReadonlySet<Sha>): Promise<void> {
    const folder = vscode.Uri.joinPath(this.root, commitFolder(target, ''));
    const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
    for (const [sha] of entries) if (!shas.has(sha)) await this.remove({ target, sha });
  }

  private folderOf({ target, sha }: Pick<ResolveRecord, 'target' | 'sha'>): vscode.Uri {
    return vscode.Uri.joinPath(this.root, commitFolder(target, sha));
  }

  private async readIn(folder: vscode.Uri): Promise<ResolveRecord | null> {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, RECORD));
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      return isResolveRecord(value) ? value : null;
    } catch {
      return null; // It was never begun, or what is there cannot be read: then it begins again.
    }
  }
}
