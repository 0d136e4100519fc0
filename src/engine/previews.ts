import type { EditorEngine } from '../core/engine.js';
import { AutoSyncError } from '../core/errors.js';
import type { EngineOptions } from './opened.js';

const notYet = async (): Promise<never> => {
  throw new AutoSyncError({ code: 'usage', what: 'Previews are not there yet.', next: 'Update AutoSync.' });
};

/** The commands that show what a commit would change, and take how a person resolved its conflicts. */
export function previewsOf(_options: EngineOptions): Pick<EditorEngine, 'preview' | 'blob' | 'conflict' | 'resolve'> {
  return { preview: notYet, blob: notYet, conflict: notYet, resolve: notYet };
}
