/** Folder of the extension's storage in which conflicts are resolved. */
export const RESOLUTIONS = 'resolutions';

/** Units of the 32-bit FNV-1a hash. */
const [FNV_START, FNV_PRIME] = [0x811c9dc5, 0x01000193];

/** A short name for a target: its id is a URI, which no file system takes. Targets are few, so that this is enough. */
function hashOf(text: string, start: number): string {
  let hash = start;
  for (const unit of new TextEncoder().encode(text)) hash = Math.imul(hash ^ unit, FNV_PRIME) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** Folder of a commit of a target, relative to that of all; with an empty `sha`, the folder of the target. */
export const commitFolder = (target: string, sha: string): string =>
  `${hashOf(target, FNV_START)}${hashOf(target, FNV_PRIME)}/${sha}`;

/** Which commit's folder a path lies in, and where in it. */
export interface PlaceIn {
  readonly target: string;
  readonly sha: string;
  readonly place: string;
}

/** The same for a path below `root`; null for any other. */
export function placeIn(root: string, path: string): PlaceIn | null {
  if (!path.startsWith(`${root}/`)) return null;
  const [target = '', sha = '', ...place] = path.slice(root.length + 1).split('/');
  return place.length === 0 ? null : { target, sha, place: place.join('/') };
}

/** UTF-16 units of a name on disk: file systems allow 255 bytes. */
const LONGEST_NAME = 60;

/** Names that mean a device on Windows, with any extension. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function safeName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N} ._+@()[\]-]/gu, '_').replace(/[. ]+$/, '_');
  const start = plain.length <= LONGEST_NAME ? plain : plain.slice(-LONGEST_NAME).replace(/^[\udc00-\udfff]/, '');
  return start === '' || DEVICES.test(start) ? `_${start}` : start;
}

/**
 * Where files are resolved, relative to the folder of their commit: their own paths, made of names that every file
 * system takes and that lead nowhere else (design: reliability T6). Two paths never share a place.
 */
export function placesOf(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path, index) => {
    const place = ['files', ...path.split('/').map(safeName)].join('/');
    const free = taken.has(place.toLowerCase()) ? place.replace('files/', `files-${index + 1}/`) : place;
    taken.add(free.toLowerCase());
    return free;
  });
}
