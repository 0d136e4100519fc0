/** How git begins and ends a conflict, and its `diff3` middle (git-merge(1), "How conflicts are presented"). */
const SURE = /^(?:<{7,}|>{7,}|\|{7})(?:[ \t]|\r?$)/m;

/** The line between the two sides. It underlines a title too, in Markdown and reStructuredText. */
const DIVIDER = /^={7}\r?$/m;

/**
 * True when a resolved text still has a conflict marker at the beginning of a line. A divider does not count where one
 * of the versions that were merged has such a line of its own.
 */
export function hasConflictMarkers(text: string, versions: readonly string[] = []): boolean {
  if (SURE.test(text)) return true;
  return DIVIDER.test(text) && !versions.some((version) => DIVIDER.test(version));
}
