import { type FileChange, type Sha, SUBMODULE_MODE, SYMLINK_MODE } from './commit.js';
import { followLink } from './linkTarget.js';
import { isDenied, type PathRules } from './pathRules.js';
import { sanitize } from './sanitize.js';
import type { DroppedFile } from './standing.js';
import { UNDENIABLE_AS_FILE } from './undeniable.js';

/** What git was asked about the changes of one commit, beyond the changes themselves. */
export interface FileOrigins {
  /** New path -> path it was renamed or copied from. */
  readonly sources: ReadonlyMap<string, string>;
  /** Blobs that stand at a denied path on either side. */
  readonly smuggled: ReadonlySet<Sha>;
  /** Blob of a symbolic link -> its target. */
  readonly links: ReadonlyMap<Sha, string>;
}

/** The files of a commit that may come, and those that a rule dropped, in the order of the changes. */
export interface JudgedFiles {
  readonly kept: readonly string[];
  readonly dropped: readonly DroppedFile[];
}

/**
 * Judges every changed path of a commit. Deny wins through rename, copy, symlink, submodule, mode and type change and
 * deletion (design: product, "Filter").
 */
export function judgeFiles(changes: readonly FileChange[], rules: PathRules, origins: FileOrigins): JudgedFiles {
  const kept: string[] = [];
  const dropped: DroppedFile[] = [];
  for (const change of changes) {
    const rule = ruleAgainst(change, rules, origins);
    if (rule === null) kept.push(change.path);
    else dropped.push({ path: change.path, rule });
  }
  return { kept, dropped };
}

function ruleAgainst(change: FileChange, rules: PathRules, origins: FileOrigins): string | null {
  const verdict = rules(change.path);
  if (!verdict.kept) return verdict.rule;
  if (change.newMode === SUBMODULE_MODE || change.oldMode === SUBMODULE_MODE) return 'submodule';
  if (change.status === 'D') return null;
  return (
    ruleAgainstSource(origins.sources.get(change.path), rules) ??
    (origins.smuggled.has(change.newBlob) ? 'same content as a file at a denied path' : null) ??
    (change.newMode === SYMLINK_MODE ? ruleAgainstLink(change, rules, origins.links) : ruleAgainstFile(change.path))
  );
}

function ruleAgainstSource(source: string | undefined, rules: PathRules): string | null {
  if (source === undefined || !isDenied(rules, source)) return null;
  return sanitize(`renamed or copied from ${source}, which a rule denies`);
}

function ruleAgainstLink(change: FileChange, rules: PathRules, links: ReadonlyMap<Sha, string>): string | null {
  const target = links.get(change.newBlob);
  if (target === undefined) return 'symbolic link whose target could not be read';
  const shown = `symbolic link to ${target}`;
  const followed = followLink(change.path, target);
  if (followed.kind === 'refused') return sanitize(`${shown}, which ${followed.why}`);
  if (followed.path === '') return sanitize(`${shown}, which is the whole repository`);
  if (isDenied(rules, followed.path)) return sanitize(`${shown}, which a rule denies`);
  return ruleAgainstFile(followed.path) ?? ruleAgainstFile(change.path);
}

/** A link or file in the place of such a folder would decide what stands below it. */
function ruleAgainstFile(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return UNDENIABLE_AS_FILE.includes(name) ? `deny list: file or link in the place of ${name}/` : null;
}
