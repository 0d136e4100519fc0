import type { IncomingRow } from '../../core/overview.js';

/** Id of the row of an incoming commit of a target; the same in every grouping. */
export const enhancementId = (target: string, { sibling, sha }: Pick<IncomingRow, 'sibling' | 'sha'>): string =>
  `${target}|commit|${sibling}|${sha}`;
