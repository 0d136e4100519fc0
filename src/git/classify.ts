import type { Commit, FileChange, Sha } from '../core/commit.js';
import type { TreeFile } from './lsTree.js';

/** Three versions of one file's content whose merge decides about it. */
export interface Triple {
  readonly path: string;
  readonly base: Sha;
  readonly ours: Sha;
  readonly theirs: Sha;
}

/** The target's head as forecasts look at it. */
export interface HeadFiles {
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly folders: ReadonlySet<string>;
  /** Paths whose merge an attribute decides. */
  readonly special: ReadonlyMap<string, string>;
}

/** How a forecast can be had. */
export type Plan =
  /** Every file is untouched in the target, there already, or decided by a content merge of its own. */
  | { readonly kind: 'content'; readonly triples: readonly Triple[]; readonly changes: boolean }
  /** Renames, deletions, modes, links, ...: a merge of whole trees; a conflict in a `sure` triple settles it at once. */
  | { readonly kind: 'whole'; readonly sure: readonly Triple[] };

/** Every folder that holds a file. */
export function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

const isRegular = (mode: string): boolean => mode === '100644' || mode === '100755';

/** A plain file changed on both sides in different ways, its mode the same everywhere. */
function contended(file: FileChange, head: HeadFiles): Triple | null {
  const ours = head.files.get(file.path);
  if (file.status !== 'M' || ours === undefined || head.special.has(file.path)) return null;
  const sameMode = isRegular(ours.mode) && ours.mode === file.oldMode && file.oldMode === file.newMode;
  const allDiffer = file.oldBlob !== file.newBlob && ours.oid !== file.oldBlob && ours.oid !== file.newBlob;
  return sameMode && allDiffer ? { path: file.path, base: file.oldBlob, ours: ours.oid, theirs: file.newBlob } : null;
}

/** What a change that needs no content merge does to the target; `unsure` when only a whole merge can tell. */
function lookUp(file: FileChange, head: HeadFiles): 'changes' | 'nothing' | 'unsure' {
  const ours = head.files.get(file.path);
  const is = (mode: string, oid: Sha): boolean => ours?.oid === oid && ours.mode === mode;
  switch (file.status) {
    case 'M':
    case 'T':
      if (is(file.oldMode, file.oldBlob)) return 'changes';
      return is(file.newMode, file.newBlob) ? 'nothing' : 'unsure';
    case 'D':
      return is(file.oldMode, file.oldBlob) ? 'changes' : 'unsure';
    case 'A':
      return is(file.newMode, file.newBlob) ? 'nothing' : addedWhereFree(file, head);
  }
}

/** An added file is clean where nothing stands and its folder is there: an absent one may have been renamed. */
function addedWhereFree(file: FileChange, head: HeadFiles): 'changes' | 'unsure' {
  const slash = file.path.lastIndexOf('/');
  const free = !head.files.has(file.path) && !head.folders.has(file.path) && isRegular(file.newMode);
  const atHome = slash < 0 || head.folders.has(file.path.slice(0, slash));
  const underFile = head.files.has(file.path.slice(0, Math.max(slash, 0)));
  return free && atHome && !underFile ? 'changes' : 'unsure';
}

/** Decides how a commit's forecast can be had without asking git for more than it needs. */
export function planForecast(
  commit: Pick<Commit, 'parents' | 'readablePaths'>,
  changes: readonly FileChange[],
  head: HeadFiles,
): Plan {
  const triples = changes.flatMap((file) => contended(file, head) ?? []);
  const whole: Plan = { kind: 'whole', sure: triples };
  const mayRename = changes.some((file) => file.status === 'D') && changes.some((file) => file.status === 'A');
  if (commit.parents.length !== 1 || !commit.readablePaths || mayRename) return whole;
  const settled = new Set(triples.map((triple) => triple.path));
  const looks = changes.filter((file) => !settled.has(file.path)).map((file) => lookUp(file, head));
  if (looks.includes('unsure')) return whole;
  return { kind: 'content', triples, changes: looks.includes('changes') };
}
