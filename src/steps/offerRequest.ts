import type { Sha } from '../core/commit.js';
import type { Judged } from '../core/judged.js';
import type { Validated } from '../core/proof.js';
import type { Improved, ImproveRequest } from './improve.js';

/** What offering needs: an improve request on the final head, and what improving found. */
export interface OfferRequest extends ImproveRequest {
  readonly command: 'scan' | 'sync';
  readonly tip: Sha;
  readonly improved: Improved;
}

/** Where every commit of a sibling stands at the end of a run. */
export interface Offered {
  readonly judged: readonly Judged[];
  /** True when a later run can do more without anything having changed: then it looks again. */
  readonly unfinished: boolean;
  readonly notes: readonly string[];
}

/** The chain that waits for a person, what proves it, and what its proof cost. */
export type Review = Pick<Validated, 'chain' | 'checks' | 'rejected' | 'flaky' | 'fixed'>;
