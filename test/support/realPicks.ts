import type { Sha } from '../../src/core/commit.js';
import type { Forecast } from '../../src/core/enhancement.js';
import { git, tryGit } from './plainGit.js';
import { cloneOf } from './repository.js';

/** What a real `git cherry-pick` gave. */
export interface RealPick {
  readonly outcome: Forecast;
  /** Tree of the result; null for conflicts. */
  readonly tree: Sha | null;
  readonly conflicts: readonly string[];
}

/** A clone of the target in which picks are really made, knowing the sibling's objects. */
export function pickingGround(target: string, sibling: string, head: Sha): string {
  const ground = cloneOf(target);
  git(ground, ['fetch', '-q', '--update-shallow', sibling, '+refs/heads/*:refs/sibling/*']);
  git(ground, ['checkout', '-q', '--detach', head]);
  return ground;
}

function outcomeIn(ground: string, exit: number, text: string, before: Sha): RealPick {
  const entries = git(ground, ['ls-files', '-u', '-z']).split('\0').filter(Boolean);
  const conflicts = [...new Set(entries.map((entry) => entry.slice(entry.indexOf('\t') + 1)))];
  if (conflicts.length > 0) return { outcome: 'conflict', tree: null, conflicts };
  const tree = git(ground, ['write-tree']);
  if (exit !== 0 && tree !== before) throw new Error(`git cherry-pick neither picked nor conflicted: ${text}`);
  return { outcome: tree === before ? 'empty' : 'clean', tree, conflicts: [] };
}

/** Really picks a commit on what is checked out. The result stays when it is clean, else all is as it was before. */
export function realPick(ground: string, sha: Sha, args: readonly string[] = []): RealPick {
  const before = git(ground, ['rev-parse', 'HEAD^{tree}']);
  const { exit, text } = tryGit(ground, ['cherry-pick', ...args, sha]);
  const pick = outcomeIn(ground, exit, text, before);
  if (pick.outcome !== 'clean') {
    tryGit(ground, ['cherry-pick', '--quit']);
    git(ground, ['reset', '-q', '--hard']);
    git(ground, ['clean', '-ffdxq']);
  }
  return pick;
}

/** Really picks each commit alone on `head`. */
export function realPicks(ground: string, head: Sha, shas: readonly Sha[]): readonly RealPick[] {
  return shas.map((sha) => {
    git(ground, ['reset', '-q', '--hard', head]);
    return realPick(ground, sha);
  });
}

/** Really picks commits one on top of the other; conflicts and empty ones are left out, as a chain does it. */
export function realChain(
  ground: string,
  head: Sha,
  shas: readonly Sha[],
): { readonly picks: readonly RealPick[]; readonly tree: Sha } {
  git(ground, ['reset', '-q', '--hard', head]);
  const picks = shas.map((sha) => realPick(ground, sha));
  return { picks, tree: git(ground, ['rev-parse', 'HEAD^{tree}']) };
}

/** A commit of the sibling with only some of its paths, made by plain git on the commit's own parent. */
export function filteredCommit(ground: string, sha: Sha, keep: readonly string[]): Sha {
  const isRoot = tryGit(ground, ['rev-parse', '--verify', '-q', `${sha}^`]).exit !== 0;
  git(ground, isRoot ? ['read-tree', '--empty'] : ['read-tree', `${sha}^`], {
    environment: { GIT_INDEX_FILE: '.git/filtered' },
  });
  const wanted = git(ground, ['ls-tree', '-r', '-z', sha])
    .split('\0')
    .filter((line) => keep.includes(line.slice(line.indexOf('\t') + 1)));
  const kept = new Set(wanted.map((line) => line.slice(line.indexOf('\t') + 1)));
  const gone = keep.filter((path) => !kept.has(path)).map((path) => `0 ${'0'.repeat(sha.length)}\t${path}`);
  const rows = [...gone, ...wanted].map((row) => `${row}\0`).join('');
  git(ground, ['update-index', '-z', '--index-info'], {
    input: rows,
    environment: { GIT_INDEX_FILE: '.git/filtered' },
  });
  const tree = git(ground, ['write-tree'], { environment: { GIT_INDEX_FILE: '.git/filtered' } });
  return git(ground, ['commit-tree', tree, ...(isRoot ? [] : ['-p', `${sha}^`]), '-m', 'filtered']);
}
