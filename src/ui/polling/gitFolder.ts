/** How a folder is looked into; paths are absolute or relative to `folder`. */
export interface FolderReader {
  /** Content of a file; null when there is no such file. */
  readonly read: (folder: string, path: string) => Promise<string | null>;
  readonly isFolder: (folder: string, path: string) => Promise<boolean>;
  /** The absolute path that `path` means when it is asked for in `folder`. */
  readonly resolve: (folder: string, path: string) => string;
}

/** Where a repository keeps what moves when somebody commits in it. */
export interface GitFolders {
  /** Folder of HEAD: of the linked worktree when it is one. */
  readonly own: string;
  /** Folder of the branches, which all worktrees share. */
  readonly common: string;
}

const LONGEST_PATH = 4_096;

/** The folder that a `.git` file names (gitrepository-layout(5)); null when it names none. */
export function namedGitFolder(text: string): string | null {
  const named = /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
  return named === undefined || named.length > LONGEST_PATH || /[\0\r\n]/.test(named) ? null : named;
}

async function ownFolder(folder: string, { read, isFolder, resolve }: FolderReader): Promise<string | null> {
  if (await isFolder(folder, '.git')) return resolve(folder, '.git');
  const named = namedGitFolder((await read(folder, '.git')) ?? '');
  if (named !== null) return resolve(folder, named);
  const isBare = (await read(folder, 'HEAD')) !== null && (await isFolder(folder, 'refs'));
  return isBare ? folder : null;
}

/** Where the repository in `folder` keeps its refs: plain, linked worktree, or bare. Null when it is none. */
export async function gitFoldersOf(folder: string, reader: FolderReader): Promise<GitFolders | null> {
  const own = await ownFolder(folder, reader);
  if (own === null) return null;
  const common = ((await reader.read(own, 'commondir')) ?? '').trim();
  return { own, common: common === '' ? own : reader.resolve(own, common) };
}
