import { AutoSyncError } from '../core/errors.js';
import { askGit } from './run.js';

/** What the installed git can do, told by its version (design: performance, "Surprises and pitfalls"). */
export interface GitCapabilities {
  readonly version: string;
  /** `merge-tree --stdin` takes many merges in one process (2.39). */
  readonly mergeTreeStdin: boolean;
  /** Each reply of `merge-tree --stdin` is flushed (2.49); before, a filler must push it out of the buffer. */
  readonly flushesReplies: boolean;
  /** `--attr-source` names a tree to read attributes from (2.41). */
  readonly attrSource: boolean;
  /** Known holes for hostile repositories (CVE-2025-48384 and -48385); distributions may have closed them. */
  readonly old: boolean;
}

/** Least git that can merge in memory at all. */
export const LEAST_GIT = '2.38.0';

/** Reads `git --version` output into numbers; null when it is no git. */
export function parseVersion(text: string): readonly [number, number, number] | null {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found === null ? null : [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

const atLeast = (have: readonly number[], need: readonly number[]): boolean => {
  for (const [index, wanted] of need.entries()) {
    const difference = (have[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
};

/** Capabilities of a git of that version. Throws `git-too-old` below 2.38. */
export function capabilitiesOf(text: string): GitCapabilities {
  const have = parseVersion(text);
  const version = have?.join('.') ?? text.trim();
  if (have === null || !atLeast(have, [2, 38])) {
    throw new AutoSyncError({ code: 'git-too-old', found: version, least: LEAST_GIT });
  }
  return {
    version,
    mergeTreeStdin: atLeast(have, [2, 39]),
    flushesReplies: atLeast(have, [2, 49]),
    attrSource: atLeast(have, [2, 41]),
    old: !atLeast(have, [2, 43, 7]),
  };
}

/** Asks the installed git. Throws `git-missing` and `git-too-old`. */
export async function gitCapabilities(): Promise<GitCapabilities> {
  const { out } = await askGit({ place: { kind: 'nowhere' }, args: ['--version'] });
  return capabilitiesOf(out);
}
