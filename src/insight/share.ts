import type { Share } from '../core/kpi.js';

/** A part of a whole as a share; of nothing there is no rate. */
export const shareOf = (part: number, whole: number): Share => ({
  part,
  whole,
  rate: whole === 0 ? null : part / whole,
});
