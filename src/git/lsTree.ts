import type { Sha } from '../core/commit.js';
import type { GitPlace } from './environment.js';
import { startGit } from './run.js';
import { decode, NulTokens } from './tokens.js';

/** A file of a tree: its mode and blob. */
export interface TreeFile {
  readonly mode: string;
  readonly oid: Sha;
}

/** Every file of a commit or tree by path, or those at some paths alone, in one process. */
export async function lsTree(
  place: GitPlace,
  treeish: Sha,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly environment?: Readonly<Record<string, string>>;
    readonly paths?: readonly string[];
  } = {},
): Promise<ReadonlyMap<string, TreeFile>> {
  const { paths = [], ...call } = options;
  const at = paths.length === 0 ? [] : ['--', ...paths];
  // A path may begin with what git would take for a pattern's magic.
  const args = ['--literal-pathspecs', 'ls-tree', '-r', '-z', '--full-tree', treeish, ...at];
  const { child, ended } = startGit({ place, args, ...call });
  ended.catch(() => undefined);
  child.stdin.end();
  const files = new Map<string, TreeFile>();
  const tokens = new NulTokens();
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    for (const token of tokens.push(chunk)) {
      const tab = token.indexOf(9);
      const [mode = '', , oid = ''] = token.toString('latin1', 0, tab).split(' ');
      const { text, exact } = decode(token.subarray(tab + 1));
      // A name that is no UTF-8 may read like another that is; the readable one is the one that is asked for.
      if (exact || !files.has(text)) files.set(text, { mode, oid });
    }
  }
  await ended;
  return files;
}
