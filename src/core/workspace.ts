/** One package of a workspace. */
export interface WorkspacePackage {
  /** Relative to the root, with `/`. */
  readonly folder: string;
  /** Its name in package.json; the folder when it has none. */
  readonly name: string;
  /** Folders of the packages of this workspace that it depends on, in any field of its package.json. */
  readonly dependsOn: readonly string[];
}

/** A repository of several packages that its package manager knows. */
export interface Workspace {
  /** Dependencies come before what depends on them. */
  readonly packages: readonly WorkspacePackage[];
  /** Which file says so, for `doctor`: for example `pnpm-workspace.yaml`. */
  readonly because: string;
}

/** Files that others read without depending on the package they stand in, or that say who depends on whom. */
const SHARED = /(?:^|\/)(?:package\.json|project\.json|tsconfig[^/]*\.json|\.npmrc|[^/]*lock[^/]*)$/i;

/**
 * Folders of the packages in which a path lies; null when one lies in none, or is a file that other packages may read:
 * then the change may matter to every package.
 */
export function touchedPackages({ packages }: Workspace, paths: readonly string[]): ReadonlySet<string> | null {
  const innermostFirst = packages.map(({ folder }) => folder).sort((one, other) => other.length - one.length);
  const owners = paths.map((path) =>
    SHARED.test(path) ? undefined : innermostFirst.find((folder) => path.startsWith(`${folder}/`)),
  );
  const known = owners.filter((owner) => owner !== undefined);
  return known.length === owners.length ? new Set(known) : null;
}

/** The packages with all that depends on them, directly or not. */
export function withDependents({ packages }: Workspace, folders: ReadonlySet<string>): ReadonlySet<string> {
  const reach = new Set(folders);
  for (let before = -1; before !== reach.size; ) {
    before = reach.size;
    for (const { folder, dependsOn } of packages) if (dependsOn.some((one) => reach.has(one))) reach.add(folder);
  }
  return reach;
}

/** The packages with all that they depend on, directly or not. */
export function withDependencies({ packages }: Workspace, folders: ReadonlySet<string>): ReadonlySet<string> {
  const reach = new Set(folders);
  for (let before = -1; before !== reach.size; ) {
    before = reach.size;
    const inside = packages.filter(({ folder }) => reach.has(folder));
    for (const folder of inside.flatMap(({ dependsOn }) => dependsOn)) reach.add(folder);
  }
  return reach;
}
