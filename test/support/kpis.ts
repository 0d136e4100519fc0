import type { Kpis } from '../../src/core/kpi.js';
import { figuresFrom } from '../../src/insight/figures.js';

/** Figures of a target of which nothing is stored yet. */
export const noKpis = (): Kpis =>
  figuresFrom({ names: [], siblings: [], rows: [], runs: [], landings: [], checkedAt: null });
