import type { IncomingRow } from '../../core/overview.js';
import { isText, nullable, objectOf, oneOf } from '../../core/shape.js';
import type { TargetState } from '../state/model.js';
import type { EnhancementRow, FileRow, SiblingRow } from '../tree/row.js';
import type { Given } from './rows.js';

type Commit = Pick<IncomingRow, 'sibling' | 'sha'>;

const place = { id: isText, target: isText };
const commit = { ...place, row: objectOf<Commit>({ sibling: isText, sha: isText }) };
const isEnhancement = objectOf<Omit<EnhancementRow, 'row'> & { readonly row: Commit }>({
  kind: oneOf(['enhancement']),
  ...commit,
});
const isFile = objectOf<Omit<FileRow, 'row'> & { readonly row: Commit }>({
  kind: oneOf(['file']),
  path: isText,
  rule: nullable(isText),
  ...commit,
});
const isSibling = objectOf<SiblingRow>({ kind: oneOf(['sibling']), sibling: isText, ...place });
const isOther = objectOf<{ readonly kind: 'target' | 'group' | 'more' | 'note' } & Record<'id' | 'target', string>>({
  kind: oneOf(['target', 'group', 'more', 'note']),
  ...place,
});
const isTagged = objectOf<{ readonly kind: string }>({ kind: isText });

/** What became of a value that a caller handed over: `unknown` names a commit that no target has. */
export type Known =
  | { readonly kind: 'known'; readonly given: Given }
  | { readonly kind: 'unknown'; readonly sha: string };

const known = (given: Given): Known => ({ kind: 'known', given });

/**
 * Commands can be called by anybody, with anything (design: reliability T12). A row that names a commit gets what is
 * known of it here, so that nobody is asked about other words than those of the commit itself; what only looks like a
 * row counts as nothing.
 */
export function knownRows(targets: readonly Pick<TargetState, 'id' | 'overview'>[]): (given: Given) => Known {
  const key = (target: string, { sibling, sha }: Commit): string => `${target}\n${sibling}\n${sha}`;
  let index: ReadonlyMap<string, IncomingRow> | null = null;
  const indexed = (): ReadonlyMap<string, IncomingRow> =>
    new Map(targets.flatMap(({ id, overview }) => (overview?.rows ?? []).map((row) => [key(id, row), row] as const)));
  return (given) => {
    if (!isTagged(given) || isSibling(given) || isOther(given)) return known(given);
    if (!isEnhancement(given) && !isFile(given)) return known(undefined);
    index ??= indexed();
    const row = index.get(key(given.target, given.row));
    return row === undefined ? { kind: 'unknown', sha: given.row.sha } : known({ ...given, row });
  };
}
