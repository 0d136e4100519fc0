import type { EditorEngine } from '../core/engine.js';
import { AutoSyncError } from '../core/errors.js';
import type { EngineOptions } from './opened.js';

/** The figures of the KPI panel. */
export function figuresOf(_options: EngineOptions): Pick<EditorEngine, 'kpis'> {
  return {
    kpis: async () => {
      throw new AutoSyncError({ code: 'usage', what: 'Figures are not there yet.', next: 'Update AutoSync.' });
    },
  };
}
