import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from './plainGit.js';
import { temporaryFolder } from './temporaryFolder.js';

/** What a path is to hold: text, bytes, a symbolic link, or a submodule at a commit. */
export type Content = string | Uint8Array | { readonly link: string } | { readonly submodule: string };

/** What a commit changes. Paths that are no UTF-8 are given as Latin-1 text in `rawFiles` and `rawRemove`. */
export interface CommitParts {
  readonly files?: Readonly<Record<string, Content>>;
  readonly rawFiles?: Readonly<Record<string, Content>>;
  readonly remove?: readonly string[];
  readonly rawRemove?: readonly string[];
  readonly modes?: Readonly<Record<string, 'executable' | 'plain'>>;
  readonly message?: string | Uint8Array;
  readonly author?: { readonly name?: string; readonly email?: string; readonly date?: string };
  /** Seconds since 1970; default: a minute after the commit before. */
  readonly seconds?: number;
  readonly encoding?: string;
}

/** How a repository is made. */
export interface RepositoryOptions {
  readonly objectFormat?: 'sha1' | 'sha256';
  readonly bare?: boolean;
  readonly branch?: string;
  /** Where; default: a folder in a new temporary one. */
  readonly folder?: string;
}

const clock = { seconds: 1_700_000_000 };

/** The next moment in the time of test commits, so that equal repositories get equal object names. */
export function nextSecond(): number {
  clock.seconds += 60;
  return clock.seconds;
}

/** An empty repository in a folder of its own; returns its root. */
export function makeRepository(options: RepositoryOptions = {}): string {
  const folder = options.folder ?? join(temporaryFolder(), 'repository');
  mkdirSync(folder, { recursive: true });
  const format = `--object-format=${options.objectFormat ?? 'sha1'}`;
  git(folder, [
    'init',
    '-q',
    '--template=',
    format,
    `--initial-branch=${options.branch ?? 'main'}`,
    ...(options.bare ? ['--bare'] : []),
  ]);
  return folder;
}

function rawPath(root: string, latin1: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(latin1, 'latin1')]);
}

function parentOf(path: Buffer): Buffer {
  return path.subarray(0, path.lastIndexOf('/'));
}

function put(path: Buffer, content: Content): void {
  mkdirSync(parentOf(path), { recursive: true });
  rmSync(path, { recursive: true, force: true });
  if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(path, content);
  else if ('link' in content) symlinkSync(content.link, path);
  else mkdirSync(path);
}

function writeParts(root: string, parts: CommitParts): void {
  for (const path of parts.remove ?? []) rmSync(join(root, path), { recursive: true });
  for (const path of parts.rawRemove ?? []) rmSync(rawPath(root, path));
  for (const [path, content] of Object.entries(parts.files ?? {})) put(Buffer.from(join(root, path)), content);
  for (const [path, content] of Object.entries(parts.rawFiles ?? {})) put(rawPath(root, path), content);
  for (const [path, mode] of Object.entries(parts.modes ?? {}))
    chmodSync(join(root, path), mode === 'executable' ? 0o755 : 0o644);
}

function stageSubmodules(root: string, parts: CommitParts): void {
  for (const [path, content] of Object.entries(parts.files ?? {})) {
    if (typeof content === 'string' || content instanceof Uint8Array || !('submodule' in content)) continue;
    git(root, ['update-index', '--add', '--cacheinfo', `160000,${content.submodule},${path}`]);
  }
}

function signatures({ author, seconds }: CommitParts): Readonly<Record<string, string>> {
  const now = `@${seconds ?? nextSecond()} +0000`;
  return {
    GIT_COMMITTER_DATE: now,
    GIT_AUTHOR_DATE: author?.date ?? now,
    ...(author?.name === undefined ? {} : { GIT_AUTHOR_NAME: author.name }),
    ...(author?.email === undefined ? {} : { GIT_AUTHOR_EMAIL: author.email }),
  };
}

/** Makes a commit on what is checked out and returns its name. A commit of no parts is an empty commit. */
export function makeCommit(root: string, parts: CommitParts): string {
  writeParts(root, parts);
  git(root, ['add', '-A', '--force']);
  stageSubmodules(root, parts);
  const encoding = parts.encoding === undefined ? [] : ['-c', `i18n.commitEncoding=${parts.encoding}`];
  git(
    root,
    [
      ...encoding,
      'commit',
      '-q',
      '--allow-empty',
      '--allow-empty-message',
      '--no-verify',
      '--cleanup=verbatim',
      '-F',
      '-',
    ],
    {
      input: parts.message ?? 'a change\n',
      environment: signatures(parts),
    },
  );
  return git(root, ['rev-parse', 'HEAD']);
}

/** Makes a branch where HEAD is, or at `start`, and checks it out. */
export function makeBranch(root: string, name: string, start = 'HEAD'): void {
  git(root, ['checkout', '-q', '-B', name, start]);
}

/** Checks a branch or commit out. */
export function checkOut(root: string, revision: string): void {
  git(root, ['checkout', '-q', revision]);
}

/** Merges a branch with a merge commit and returns its name. */
export function merge(root: string, branch: string, message = `Merge ${branch}`): string {
  const now = `${nextSecond()} +0000`;
  git(root, ['merge', '-q', '--no-ff', '-m', message, branch], {
    environment: { GIT_COMMITTER_DATE: now, GIT_AUTHOR_DATE: now },
  });
  return git(root, ['rev-parse', 'HEAD']);
}

/** A clone with a working tree beside nothing else; returns its root. */
export function cloneOf(source: string, args: readonly string[] = []): string {
  const folder = join(temporaryFolder(), 'clone');
  git(dirname(folder), ['clone', '-q', ...args, '--', source, folder]);
  return folder;
}

/** The commit a revision names. */
export function commitOf(root: string, revision = 'HEAD'): string {
  return git(root, ['rev-parse', '--verify', `${revision}^{commit}`]);
}

/** The tree of a revision. */
export function treeOf(root: string, revision = 'HEAD'): string {
  return git(root, ['rev-parse', '--verify', `${revision}^{tree}`]);
}

/** True when something stands at a path, also a dangling link. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
