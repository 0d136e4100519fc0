import type { Sha } from '../core/commit.js';
import type { PickChain } from '../core/gitPort.js';
import { isOpen, type Judged, settle } from '../core/judged.js';

/** A pick that waits because its lockfile could not be made anew. */
export interface Unmade {
  readonly paths: readonly string[];
  readonly why: string;
}

/** The picks of a chain whose lockfile could not be made anew. */
export function unmadeIn(chain: PickChain): ReadonlyMap<Sha, Unmade> {
  return new Map(
    chain.results.flatMap((result) =>
      result.kind === 'conflict' && result.unmade !== undefined
        ? [[result.sha, { paths: result.paths, why: result.unmade }] as const]
        : [],
    ),
  );
}

/** Settles those picks as conflicts, in words. */
export function byUnmade(unmade: ReadonlyMap<Sha, Unmade>): (judged: Judged) => Judged {
  return (judged) => {
    const found = unmade.get(judged.commit.sha);
    if (found === undefined || !isOpen(judged)) return judged;
    const { paths, why } = found;
    const nobody = { hunks: [], lastAuthorHere: null, lastAuthorThere: null };
    const files = paths.map((path) => ({ path, type: 'lockfile', ...nobody }));
    return settle(judged, 'conflict', why, { kind: 'conflict', files, prerequisites: [] });
  };
}
