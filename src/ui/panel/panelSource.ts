import type { Kpis } from '../../core/kpi.js';

/** What the panel shows of one target. */
export interface PanelSource {
  /** What choices and filters name the target by. */
  readonly id: string;
  /** The target's name, for the title and a picker when there are several. */
  readonly name: string;
  kpis(): Promise<Kpis>;
}
