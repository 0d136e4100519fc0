import { conflictMaterial } from '../actions/conflict.js';
import { previewCommit } from '../actions/preview.js';
import { resolveCommit } from '../actions/resolve.js';
import type { EditorEngine } from '../core/engine.js';
import { readBlob } from '../git/blob.js';
import { cacheFolderOf } from '../git/quarantine.js';
import { findRoot } from '../git/target.js';
import { type EngineOptions, opened } from './opened.js';

/** The cache folder of the target, looked up once: the editor asks for one blob after the other. */
function cacheFolder(options: EngineOptions): () => Promise<string> {
  let known: string | null = null;
  return async () => {
    known ??= cacheFolderOf(await findRoot(options.workspace), options.cache);
    return known;
  };
}

/** The commands that show what a commit would change, and take how a person resolved its conflicts. */
export function previewsOf(options: EngineOptions): Pick<EditorEngine, 'preview' | 'blob' | 'conflict' | 'resolve'> {
  const folder = cacheFolder(options);
  return {
    preview: (sha, signal) => opened(options, 'read', ({ ports, config }) => previewCommit(ports, config, sha, signal)),
    blob: async (id) => readBlob(await folder(), id),
    conflict: (sha, signal) =>
      opened(options, 'read', ({ ports, config }) => conflictMaterial(ports, config, sha, signal)),
    resolve: (sha, files, signal) =>
      opened(options, 'write', ({ ports, config }) => resolveCommit(ports, { config, given: sha, files, signal })),
  };
}
