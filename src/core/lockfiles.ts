/** A package manager that can make its lockfile anew from the manifests, without installing anything. */
export type LockProgram = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** A lockfile made anew: its bytes, or why it could not be made, in words. */
export type Relocked =
  | { readonly kind: 'made'; readonly content: Uint8Array }
  | { readonly kind: 'failed'; readonly why: string };

/** Lockfiles of Node projects by name, in the order in which package managers are looked for; null: nothing of ours makes it. */
const NODE_LOCKFILES: ReadonlyMap<string, LockProgram | null> = new Map([
  ['bun.lock', 'bun'],
  ['bun.lockb', null],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
]);

/** Lockfiles of other worlds: never merged as text either, and made anew by a person. */
const OTHER_LOCKFILES: ReadonlySet<string> = new Set([
  ...['Cargo.lock', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'pdm.lock', 'go.sum', 'composer.lock', 'Gemfile.lock'],
  ...['deno.lock', 'mix.lock', 'packages.lock.json', 'Podfile.lock', 'gradle.lockfile', 'pubspec.lock'],
  ...['Package.resolved', 'flake.lock'],
]);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** True for a file in which a package manager writes down what it chose. */
export function isLockfile(path: string): boolean {
  const name = nameOf(path);
  return NODE_LOCKFILES.has(name) || OTHER_LOCKFILES.has(name);
}

/** The program that makes a lockfile anew; null when AutoSync knows none. */
export function lockProgramOf(path: string): LockProgram | null {
  return NODE_LOCKFILES.get(nameOf(path)) ?? null;
}

/** True for a manifest from which a Node lockfile is made. */
export function isManifest(path: string): boolean {
  const name = nameOf(path);
  return name === 'package.json' || name === 'pnpm-workspace.yaml';
}

/** Settings of package managers, and patches of packages, whose content some lockfiles repeat as a checksum. */
const DECIDING = /^\.(?:npmrc|yarnrc|yarnrc\.yml|pnpmfile\.c?js)$|\.(?:patch|diff)$/;

/** True for a file that decides, beside the registry, what a Node lockfile made anew holds. */
export function decidesLockfile(path: string): boolean {
  return isManifest(path) || isLockfile(path) || DECIDING.test(nameOf(path));
}

/** The folders from that of a path up to the root, each as a prefix that ends in `/` or is empty. */
function foldersUp(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].reverse().map((count) =>
    parts
      .slice(0, count)
      .map((part) => `${part}/`)
      .join(''),
  );
}

/** Where the lockfile of a manifest may stand: its own folder first, then each one above; in each the preferred name first. */
export function lockfilesFor(manifest: string): readonly string[] {
  return foldersUp(manifest).flatMap((folder) => [...NODE_LOCKFILES.keys()].map((name) => `${folder}${name}`));
}

/** Fields of a package.json that its lockfile repeats or follows from. */
const LOCKED_FIELDS: readonly string[] = [
  ...['name', 'version', 'license', 'engines', 'os', 'cpu', 'bin', 'packageManager', 'workspaces'],
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta'],
  ...['bundleDependencies', 'bundledDependencies', 'overrides', 'resolutions', 'pnpm', 'dependenciesMeta'],
  ...['patchedDependencies', 'catalog', 'catalogs'],
];

function lockedPart(text: string): string {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return text;
    const fields = new Map(Object.entries(value));
    return JSON.stringify(LOCKED_FIELDS.map((field) => fields.get(field) ?? null));
  } catch {
    return text;
  }
}

/** True when two versions of a manifest lead to the same lockfile; null: there is no such file. */
export function locksAlike(path: string, before: string | null, after: string | null): boolean {
  if (before === null || after === null) return before === after;
  if (nameOf(path) !== 'package.json') return before === after;
  return lockedPart(before) === lockedPart(after);
}
