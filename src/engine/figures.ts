import type { EditorEngine } from '../core/engine.js';
import { findRoot } from '../git/target.js';
import { figuresFrom } from '../insight/figures.js';
import { readChecked } from '../store/checkedAt.js';
import { remembered } from './memory.js';
import { type EngineOptions, neededConfig } from './opened.js';

/** More runs than a store ever holds. */
const ALL_RUNS = 2 ** 31 - 1;

/** The figures of the KPI panel, from the store alone. Throws `no-config`, `config`, `no-repository`. */
export function figuresOf(options: EngineOptions): Pick<EditorEngine, 'kpis'> {
  return {
    kpis: async () => {
      const root = await findRoot(options.workspace);
      const config = await neededConfig(root);
      const checkedAt = await readChecked(root);
      return remembered(options, root, (store) =>
        figuresFrom({
          names: config.siblings.map(({ name }) => name),
          siblings: store.siblings(),
          rows: store.commits(),
          runs: store.runs(ALL_RUNS),
          landings: store.landings(),
          checkedAt,
        }),
      );
    },
  };
}
