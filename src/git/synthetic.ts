import type { Sha } from '../core/commit.js';
import { encodeCommit, encodeTree, type GitObject, type ObjectFormat, objectName } from './objects.js';

const PERSON = 'autosync <autosync@localhost>';

/**
 * A commit whose tree is `tree` and whose only parent is `parent`, so that the merge base with a child of `parent` is
 * exactly `parent`. It carries the candidate's date: with an old one the merge-base walk visits the whole history.
 */
export function syntheticCommit(tree: Sha, parent: Sha, seconds: number): GitObject {
  const line = `${PERSON} ${Math.max(0, seconds)} +0000`;
  return encodeCommit({ tree, parents: [parent], author: line, committer: line, message: '' });
}

/** The commit with nothing in it that a root commit is picked from, and its empty tree. */
export function emptyRoot(format: ObjectFormat): { readonly tree: GitObject; readonly commit: GitObject } {
  const tree = encodeTree([]);
  const line = `${PERSON} 0 +0000`;
  return {
    tree,
    commit: encodeCommit({ tree: objectName(tree, format), parents: [], author: line, committer: line, message: '' }),
  };
}
