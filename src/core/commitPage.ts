/** Hosts whose pages of commits are known, with what stands between repository and sha. */
const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/^github\.com$/i, '/commit/'],
  [/^gitlab\.com$/i, '/-/commit/'],
  [/^bitbucket\.org$/i, '/commits/'],
  [/^codeberg\.org$/i, '/commit/'],
];

/** Host and path of a repository's address, in any of the forms that git takes; null for a folder. */
function placeOf(url: string): { readonly host: string; readonly path: string } | null {
  const scp = /^(?:[^@/:]+@)?([^@/:]+):(?!\/\/)(.+)$/.exec(url);
  const full = /^(?:https|ssh):\/\/(?:[^@/]+@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(url);
  const [, host, path] = full ?? scp ?? [];
  return host === undefined || path === undefined ? null : { host, path };
}

/** Address to which a sha is added to see the commit in a browser; null when the host is not one of those known. */
export function commitPageOf(url: string): string | null {
  const place = placeOf(url);
  const known = HOSTS.find(([host]) => place !== null && host.test(place.host));
  if (place === null || known === undefined) return null;
  const path = place.path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return /^[\w.~-]+(?:\/[\w.~-]+)+$/.test(path) ? `https://${place.host.toLowerCase()}/${path}${known[1]}` : null;
}
