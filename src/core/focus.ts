import type { Check } from './check.js';
import type { Failure } from './standing.js';

/** Names that mean themselves to every shell, and to every tool that takes them for a pattern. */
const PLAIN = /^[\w@][\w./@-]*$/;

/** A failure of a single test, in a file that says which. */
const isNamed = ({ name, file, check }: Failure): boolean => file !== null && name !== check;

/** The failures that name a test and its file. */
export const namedOf = (failures: readonly Failure[]): readonly Failure[] => failures.filter(isNamed);

/** A path as the check names it: relative to the folder of its package. */
function withinPackage(path: string, folder: string | undefined): string | null {
  if (folder === undefined) return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}

/** The check for the files of these failures alone; null where its tool takes no files, or a file has no plain name. */
export function focusOn(check: Check, failures: readonly Failure[]): Check | null {
  const files = [...new Set(namedOf(failures).map(({ file }) => withinPackage(file ?? '', check.package)))];
  const plain = files.filter((file) => file !== null && PLAIN.test(file));
  const { takesFiles, ...rest } = check;
  if (takesFiles !== true || plain.length === 0 || plain.length < files.length) return null;
  return { ...rest, run: [check.run, ...plain].join(' ') };
}
