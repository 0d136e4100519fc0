import type { Sha } from '../core/commit.js';
import type { FileVersion, TreeChange } from '../core/trial.js';
import type { GitPlace } from './environment.js';
import { type ObjectFormat, objectName } from './objects.js';
import { runGit } from './run.js';
import { emptyRoot } from './synthetic.js';
import { decode, NulTokens } from './tokens.js';

const RAW = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '-M50%', '--no-ext-diff', '--no-textconv'];

const versionOf = (mode: string, oid: string): FileVersion | null => (/^0+$/.test(mode) ? null : { mode, oid });

/** Reads `diff-tree --raw -z` of two trees (git-diff-tree(1), "RAW OUTPUT FORMAT"). */
export function parseTreeChanges(bytes: Buffer): readonly TreeChange[] {
  const tokens = [...new NulTokens().push(bytes)].map((token) => decode(token).text);
  const changes: TreeChange[] = [];
  for (let at = 0; at < tokens.length; at += 2) {
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = ''] = (tokens[at] ?? '')
      .slice(1)
      .split(' ');
    const [before, after] = [versionOf(oldMode, oldBlob), versionOf(newMode, newBlob)];
    const path = tokens[at + 1] ?? '';
    if (status.startsWith('R')) {
      const to = tokens[at + 2] ?? '';
      changes.push({ path, before, after: null, renamed: to }, { path: to, before: null, after, renamed: path });
      at += 1;
    } else changes.push({ path, before, after, renamed: null });
  }
  return changes;
}

/** What differs between two commits or trees; `before` null stands for the empty tree. */
export async function treeChanges(
  place: GitPlace,
  format: ObjectFormat,
  before: Sha | null,
  after: Sha,
  signal?: AbortSignal,
): Promise<readonly TreeChange[]> {
  const from = before ?? objectName(emptyRoot(format).tree, format);
  const { out } = await runGit({ place, args: [...RAW, from, after, '--'], signal });
  return parseTreeChanges(out);
}
