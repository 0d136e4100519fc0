import { sanitize } from '../../core/sanitize.js';

/** Which version of which file a document shows. */
export interface BlobAddress {
  /** Id of the target whose quarantine holds it. */
  readonly target: string;
  /** Name of the blob; empty for a file that does not exist. */
  readonly blob: string;
  /** Path in the repository: the editor takes name, icon and language from it, and nothing else. */
  readonly path: string;
}

/** The parts of a URI that differ between versions of files. */
export interface BlobParts {
  readonly path: string;
  readonly query: string;
}

const BLOB = /^(?:|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** An address as parts of a URI; all that is needed to show the document again after a reload. */
export function blobParts({ target, blob, path }: BlobAddress): BlobParts {
  const shown = path.split('/').map((name) => sanitize(name, 255) || '_');
  return { path: `/${shown.join('/')}`, query: new URLSearchParams({ target, blob }).toString() };
}

/** The address that a URI stands for; null when it is none of ours. */
export function blobAddress({ path, query }: BlobParts): BlobAddress | null {
  const words = new URLSearchParams(query);
  const [target, blob] = [words.get('target'), words.get('blob')];
  if (target === null || blob === null || !BLOB.test(blob)) return null;
  return { target, blob, path: path.replace(/^\//, '') };
}
