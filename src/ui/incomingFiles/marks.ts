import { shortSha } from '../../core/commit.js';
import type { IncomingPaths, IncomingRow, PathOrigin } from '../../core/overview.js';
import { plainLabel } from '../plainLabel.js';
import { enhancementId } from '../tree/enhancementId.js';
import type { FileRow } from '../tree/row.js';

/** Siblings that a tooltip names. */
const MOST_NAMED = 5;

/** What is incoming for a file on disk. */
export interface IncomingFile {
  /** Id of its target. */
  readonly target: string;
  /** Path in the repository. */
  readonly path: string;
  readonly origins: readonly PathOrigin[];
}

/** `2 incoming from acme, globex`. */
export function markText(origins: readonly PathOrigin[]): string {
  const names = [...new Set(origins.map(({ sibling }) => plainLabel(sibling, 60)))];
  const more = names.length - MOST_NAMED;
  const listed = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
  return `${origins.length} incoming from ${listed.join(', ')}`;
}

/** Files of a target that have something incoming, by what `placeOf` says of their path. */
export const filesOf = (
  target: string,
  paths: IncomingPaths,
  placeOf: (path: string) => string,
): readonly (readonly [string, IncomingFile])[] =>
  Object.entries(paths).map(([path, origins]) => [placeOf(path), { target, path, origins }]);

/** Places whose mark differs between two states. */
export function changedPlaces(
  before: ReadonlyMap<string, IncomingFile>,
  after: ReadonlyMap<string, IncomingFile>,
): readonly string[] {
  const text = (file: IncomingFile | undefined): string => (file === undefined ? '' : markText(file.origins));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (place) => text(before.get(place)) !== text(after.get(place)),
  );
}

/** A commit as a person picks it from a list. */
export interface CommitChoice {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly row: FileRow;
}

/** The commits that would change a file, as choices; those that are not known any more are left out. */
export function choicesOf(file: IncomingFile, rows: readonly IncomingRow[]): readonly CommitChoice[] {
  const { target, path } = file;
  return file.origins.flatMap(({ sibling, sha }) => {
    const row = rows.find((one) => one.sibling === sibling && one.sha === sha);
    if (row === undefined) return [];
    const id = `${enhancementId(target, row)}|${path}`;
    return [
      {
        label: plainLabel(row.subject),
        description: `${plainLabel(sibling, 60)} ${shortSha(sha)}`,
        detail: `${row.standing}, by ${plainLabel(row.author, 60)}`,
        row: { kind: 'file', id, target, row, path, rule: null },
      },
    ];
  });
}
