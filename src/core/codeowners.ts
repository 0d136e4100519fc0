import picomatch from 'picomatch';

/** Where GitHub looks for the file, first found first (GitHub documentation, "About code owners"). */
export const CODEOWNERS: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

/** A pattern of the file as globs: as in `.gitignore`, but a last `*` does not reach into folders. */
function globsOf(pattern: string): readonly string[] {
  const anchored = pattern.startsWith('/') || pattern.slice(0, -1).includes('/');
  const bare = pattern.replace(/^\/+/, '');
  const start = anchored ? bare : `**/${bare}`;
  if (start.endsWith('/')) return [`${start}**`];
  return start.endsWith('/*') ? [start] : [start, `${start}/**`];
}

function ruleOf(line: string): Rule | null {
  const [pattern = '', ...owners] = line
    .replace(/(^|\s)#.*$/, '')
    .trim()
    .split(/\s+/);
  if (pattern === '' || /[![\]\\]/.test(pattern)) return null; // what GitHub does not support either
  const matches = picomatch([...globsOf(pattern)], { dot: true, nobrace: true, noextglob: true });
  return {
    matches,
    owners: owners.filter((owner) => /^@[\w-]+(?:\/[\w.-]+)?$/.test(owner)).map((one) => one.slice(1)),
  };
}

/**
 * Owners of the paths by a CODEOWNERS file, the owner of most paths first: logins without `@`, and teams as
 * `organisation/team`. The last rule that matches a path decides. Addresses of mail are left out.
 */
export function ownersOf(text: string, paths: readonly string[]): readonly string[] {
  const rules = text
    .split(/\r?\n/)
    .flatMap((line) => ruleOf(line) ?? [])
    .reverse();
  const counts = new Map<string, number>();
  for (const path of paths) {
    const owners = rules.find(({ matches }) => matches(path))?.owners ?? [];
    for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([owner]) => owner);
}
