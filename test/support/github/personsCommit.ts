import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../plainGit.js';
import { nextSecond } from '../repository.js';
import { tipOf } from './bare.js';

/** What a person commits. */
export interface PersonsCommit {
  readonly branch: string;
  /** Branch a new one starts from. */
  readonly start: string;
  /** Contents by path; null removes a file. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly message: string;
  readonly login: string;
}

/** Commits files on a branch of a bare repository and returns the commit. */
export function writeFiles(folder: string, what: PersonsCommit): string {
  const parent = tipOf(folder, what.branch) ?? tipOf(folder, what.start);
  const index = join(folder, `index-${process.pid}`);
  const environment = {
    GIT_INDEX_FILE: index,
    GIT_AUTHOR_NAME: what.login,
    GIT_COMMITTER_NAME: what.login,
    GIT_AUTHOR_DATE: `@${nextSecond()} +0000`,
    GIT_COMMITTER_DATE: `@${nextSecond()} +0000`,
  };
  try {
    git(folder, ['read-tree', ...(parent === null ? ['--empty'] : [parent])], { environment });
    for (const [path, content] of Object.entries(what.files)) {
      if (content === null) {
        git(folder, ['update-index', '--force-remove', '--', path], { environment });
        continue;
      }
      const blob = git(folder, ['hash-object', '-w', '--stdin'], { input: content });
      git(folder, ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { environment });
    }
    const tree = git(folder, ['write-tree'], { environment });
    const parents = parent === null ? [] : ['-p', parent];
    const sha = git(folder, ['commit-tree', tree, ...parents, '-m', what.message], { environment });
    git(folder, ['update-ref', `refs/heads/${what.branch}`, sha]);
    return sha;
  } finally {
    rmSync(index, { force: true });
  }
}
