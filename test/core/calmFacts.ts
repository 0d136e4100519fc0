import type { VetoFacts } from '../../src/core/vetoes.js';

/** What nothing can be said against: one ordinary file, and checks that ran. */
export const calm: VetoFacts = {
  changes: [{ path: 'src/a.ts', oldMode: '100644', newMode: '100644' }],
  dropped: [],
  breaking: false,
  resolved: null,
  soaking: null,
  protect: [],
  binary: [],
  lfs: [],
  tooBig: [],
  secrets: [],
  redBaseline: [],
  missing: [],
  checksRun: 3,
  readablePaths: true,
};
