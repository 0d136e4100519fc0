import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { git, tryGit } from '../plainGit.js';

/** A commit as git has it. */
export interface BareCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: BareSignature;
  readonly committer: BareSignature;
  readonly message: string;
}

/** Who and when of a commit. */
export interface BareSignature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** A file that differs between two commits. */
export interface BareFile {
  readonly path: string;
  readonly before: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
}

const known = new Map<string, unknown>();

/** What commits say of each other never changes, so git is asked once. */
function once<Value>(folder: string, question: string, commits: readonly string[], ask: () => Value): Value {
  const key = [folder, question, ...commits].join(' ');
  if (!known.has(key)) known.set(key, ask());
  return known.get(key) as Value;
}

/** The object a revision names; null when there is none. */
export function commitAt(folder: string, revision: string): string | null {
  const answer = tryGit(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  return answer.exit === 0 ? answer.text.trim() : null;
}

/** The tip of a branch; null when there is no such branch. */
export function tipOf(folder: string, branch: string): string | null {
  return commitAt(folder, `refs/heads/${branch}`);
}

/** Every ref and the object it names. */
export function refsOf(folder: string, prefix = 'refs/'): ReadonlyMap<string, string> {
  const text = git(folder, ['for-each-ref', '--format=%(refname) %(objectname)', prefix]);
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
}

/** True when `older` is `newer` or one of its ancestors. */
export function contains(folder: string, newer: string, older: string): boolean {
  const ask = (): boolean => tryGit(folder, ['merge-base', '--is-ancestor', older, newer]).exit === 0;
  return once(folder, 'contains', [newer, older], ask);
}

/** The commit where two histories meet; null when they do not. */
export function meetingOf(folder: string, one: string, other: string): string | null {
  return once(folder, 'meeting', [one, other], () => {
    const answer = tryGit(folder, ['merge-base', one, other]);
    return answer.exit === 0 ? answer.text.trim() : null;
  });
}

/** Commits that `head` has and `base` has not, oldest first. */
export function commitsBetween(folder: string, base: string, head: string): readonly string[] {
  return once(folder, 'commits', [base, head], () => {
    const list = git(folder, ['rev-list', '--reverse', '--topo-order', `${base}..${head}`]);
    return list.split('\n').filter(Boolean);
  });
}

function signatureOf(name: string, email: string, seconds: string): BareSignature {
  return { name, email, date: `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z` };
}

/** Reads one commit. */
export function readCommit(folder: string, sha: string): BareCommit {
  const format = '%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B';
  const [tree = '', parents = '', an = '', ae = '', at = '', cn = '', ce = '', ct = '', message = ''] = git(folder, [
    'show',
    '-s',
    `--format=${format}`,
    sha,
  ]).split('\0');
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: signatureOf(an, ae, at),
    committer: signatureOf(cn, ce, ct),
    message,
  };
}

const KINDS: Readonly<Record<string, BareFile['status']>> = { A: 'added', D: 'removed', R: 'renamed' };

/** Files that differ between two commits, renames found. */
export function filesBetween(folder: string, base: string, head: string): readonly BareFile[] {
  return once(folder, 'files', [base, head], () => readFiles(folder, base, head));
}

function readFiles(folder: string, base: string, head: string): readonly BareFile[] {
  const counts = git(folder, ['diff', '--numstat', '-M', '-z', base, head]).split('\0');
  const raw = git(folder, ['diff', '--raw', '-M', '-z', '--no-abbrev', base, head]).split('\0');
  const files: BareFile[] = [];
  let at = 0;
  for (let index = 0; index + 1 < raw.length; ) {
    const [, , , newSha = '', letter = ''] = (raw[index] ?? '').split(' ');
    const moved = letter.startsWith('R');
    const [additions, deletions] = (counts[at] ?? '').split('\t');
    const path = raw[index + (moved ? 2 : 1)] ?? '';
    files.push({
      path,
      before: moved ? (raw[index + 1] ?? null) : null,
      status: KINDS[letter.charAt(0)] ?? 'modified',
      sha: newSha,
      additions: Number(additions) || 0,
      deletions: Number(deletions) || 0,
    });
    index += moved ? 3 : 2;
    at += moved ? 3 : 1;
  }
  return files;
}

/** The tree that a merge of two commits makes; null when they conflict. */
export function mergedTree(folder: string, base: string, head: string): string | null {
  return once(folder, 'merge', [base, head], () => {
    const answer = tryGit(folder, ['merge-tree', '--write-tree', '--no-messages', base, head]);
    return answer.exit === 0 ? (answer.text.trim().split('\n')[0] ?? null) : null;
  });
}

/** Stores a commit and names it; it is on no branch yet. The committer is GitHub itself. */
export function storeCommit(
  folder: string,
  parts: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly login: string;
    readonly at: string;
  },
): string {
  const parents = parts.parents.flatMap((parent) => ['-p', parent]);
  return git(folder, ['commit-tree', parts.tree, ...parents, '-F', '-'], {
    input: parts.message,
    environment: {
      GIT_AUTHOR_NAME: parts.login,
      GIT_AUTHOR_EMAIL: `${parts.login}@users.noreply.example.test`,
      GIT_AUTHOR_DATE: parts.at,
      GIT_COMMITTER_NAME: 'GitHub',
      GIT_COMMITTER_EMAIL: 'noreply@example.test',
      GIT_COMMITTER_DATE: parts.at,
    },
  });
}

/** Replays commits on another one and names the last; null when one conflicts. */
export function replayed(folder: string, onto: string, commits: readonly string[]): string | null {
  const place = join(folder, `replay-${onto.slice(0, 12)}`);
  git(folder, ['worktree', 'add', '-q', '--detach', '--force', place, onto]);
  try {
    if (commits.length > 0 && tryGit(place, ['cherry-pick', '--allow-empty', ...commits]).exit !== 0) return null;
    return git(place, ['rev-parse', 'HEAD']);
  } finally {
    rmSync(place, { recursive: true, force: true });
    git(folder, ['worktree', 'prune']);
  }
}

/** Moves a ref from what it was (null: it was not there); false when it is something else by now. */
export function moveRef(folder: string, ref: string, to: string, from: string | null): boolean {
  return tryGit(folder, ['update-ref', ref, to, from ?? '0'.repeat(40)]).exit === 0;
}
