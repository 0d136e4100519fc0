/** Where a symbolic link leads: a path of the tree (empty for its root), or why that cannot be followed. */
export type LinkTarget =
  | { readonly kind: 'inside'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: string };

const ABSOLUTE = /^(?:[\\/~]|[A-Za-z]:)/;

/**
 * Follows the target of a symbolic link by name, relative to the folder of the link (design: reliability T6).
 *
 * A `..` behind a name is refused even where it seems to stay inside: the name may be a link itself, and then the
 * file system goes elsewhere than the text says. Backslashes count as separators, as they do on Windows.
 */
export function followLink(link: string, target: string): LinkTarget {
  if (target === '' || target.includes('\0')) return { kind: 'refused', why: 'has no readable target' };
  if (ABSOLUTE.test(target)) return { kind: 'refused', why: 'has an absolute target' };
  const steps = target.split(/[\\/]/).filter((step) => step !== '' && step !== '.');
  const up = steps.filter((step) => step === '..').length;
  const folder = link.split('/').slice(0, -1);
  if (up > folder.length) return { kind: 'refused', why: 'leaves the repository' };
  if (steps.slice(0, up).some((step) => step !== '..')) return leavesByName(folder, steps);
  return { kind: 'inside', path: [...folder.slice(0, folder.length - up), ...steps.slice(up)].join('/') };
}

function leavesByName(folder: readonly string[], steps: readonly string[]): LinkTarget {
  let depth = folder.length;
  for (const step of steps) {
    depth += step === '..' ? -1 : 1;
    if (depth < 0) return { kind: 'refused', why: 'leaves the repository' };
  }
  return { kind: 'refused', why: 'goes back (..) through another name, which may be a link' };
}
