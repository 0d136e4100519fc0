import type { IncomingRow } from '../../core/overview.js';
import { provingKey } from '../state/proving.js';

/** Id of the row of an incoming commit of a target, from `provingKey`. */
export const commitId = (target: string, key: string): string => `${target}|commit|${key}`;

/** Id of the row of an incoming commit of a target; the same in every grouping. */
export const enhancementId = (target: string, { sibling, sha }: Pick<IncomingRow, 'sibling' | 'sha'>): string =>
  commitId(target, provingKey(sibling, sha));
