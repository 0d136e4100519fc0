import * as vscode from 'vscode';
import { isProblem } from '../../core/errors.js';
import { sanitize } from '../../core/sanitize.js';
import { BLOB_SCHEME } from '../contributions.js';
import type { Targets } from '../state/targets.js';
import { type BlobAddress, blobAddress, blobParts } from './blobAddress.js';
import { blobText } from './blobText.js';
import { TextCache } from './textCache.js';

/** UTF-16 units of versions of files that are kept: content never changes, and both sides are asked for more than once. */
const MOST_KEPT = 16 * 1024 * 1024;

/** Where the editor finds a version of a file. */
export const blobUri = (address: BlobAddress): vscode.Uri =>
  vscode.Uri.from({ scheme: BLOB_SCHEME, ...blobParts(address) });

const gone = (why: string): string => `This version of the file cannot be shown: ${why}\nOpen the preview again.\n`;

/** Versions of files out of the quarantine as documents that nobody can edit. */
export class BlobDocuments implements vscode.TextDocumentContentProvider {
  private readonly targets: Targets;
  private readonly known = new TextCache(MOST_KEPT);

  constructor(targets: Targets) {
    this.targets = targets;
  }

  /** Content of a version; a sentence where there is none. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const address = blobAddress(uri);
    if (address === null) return gone('its address is damaged.');
    if (address.blob === '') return '';
    const kept = this.known.get(address.blob);
    return kept ?? this.read(address);
  }

  private async read({ target, blob }: BlobAddress): Promise<string> {
    const from = this.targets.get(target);
    if (from === undefined) return gone('its folder is not open.');
    try {
      const text = blobText(await from.engine.blob(blob));
      this.known.set(blob, text);
      return text;
    } catch (error) {
      if (isProblem(error, 'unknown-commit')) return gone('AutoSync does not hold it any more.');
      return gone(sanitize(error instanceof Error ? error.message : String(error)));
    }
  }
}
