import type { Standing } from '../../core/standing.js';

/** Colours, or functions that leave the text as it is. What a colour says is always in a word or sign too. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** What a renderer has to know of the screen and the moment. */
export interface Page {
  /** Characters on a line. */
  readonly columns: number;
  readonly paint: Paint;
  readonly verbose: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The colour of a standing: green is in, red is broken, yellow waits for a person. */
export function paintOf(standing: Standing, paint: Paint): (text: string) => string {
  switch (standing) {
    case 'landed':
      return paint.green;
    case 'conflict':
    case 'rejected':
      return paint.red;
    case 'review':
      return paint.yellow;
    case 'candidate':
      return paint.cyan;
    default:
      return paint.dim;
  }
}
