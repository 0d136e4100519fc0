import type { Sha } from './commit.js';
import type { Resolution, ResolutionFile } from './facts.js';
import { sanitize } from './sanitize.js';

/** Who resolved the conflicts of a commit, and when (ISO 8601, UTC). */
export interface Resolved {
  readonly by: string;
  readonly at: string;
}

/** A conflicted path, and the two versions that conflict in it; null where a side does not have the file. */
export interface ConflictedPath {
  readonly path: string;
  readonly ours: Sha | null;
  readonly theirs: Sha | null;
}

/**
 * The newest resolution of a commit: by its own name, or by the same change under another one, as after the sibling's
 * rebase. `known` is oldest first.
 */
export function resolutionOf(
  known: readonly Resolution[],
  sha: Sha,
  patchId: string | undefined,
): Resolution | undefined {
  return known.findLast((one) => one.sha === sha || (patchId !== undefined && one.patchId === patchId));
}

/** True when every conflicted path was resolved against just the version that conflicts now; a kept side against both. */
export function resolvesAll(files: readonly ResolutionFile[], conflicted: readonly ConflictedPath[]): boolean {
  const byPath = new Map(files.map((file) => [file.path, file] as const));
  return conflicted.every(({ path, ours, theirs }) => {
    const file = byPath.get(path);
    return file !== undefined && file.ours === ours && (!('keep' in file) || file.theirs === theirs);
  });
}

/** Who and when, as part of a sentence: `A. Keeper on 2026-01-02`. */
export function resolvedBy({ by, at }: Resolved): string {
  return `${sanitize(by, 100)} on ${at.slice(0, 10)}`;
}

/** The sentence that keeps a resolved commit from merging by itself. */
export function resolutionVeto(resolved: Resolved): string {
  return `A person resolved its conflicts: ${resolvedBy(resolved)}.`;
}

/** Why a resolved commit is a candidate. */
export function resolvedReason(resolved: Resolved & { readonly files: readonly unknown[] }, after: string): string {
  const count = resolved.files.length;
  const files = `${count} file${count === 1 ? '' : 's'}`;
  return `Its conflict in ${files} was resolved by ${resolvedBy(resolved)}; it picks${after}, and \`autosync sync\` validates it.`;
}

/** Why a resolution does not help a commit that conflicts all the same; ends a sentence about the conflict. */
export function unfitReason(resolved: Resolved & { readonly fits: boolean }): string {
  const why = resolved.fits
    ? 'for the target as it is, but the picks before it change the same file'
    : "before the target's file changed; resolve it again";
  return ` It was resolved by ${resolvedBy(resolved)} ${why}.`;
}
