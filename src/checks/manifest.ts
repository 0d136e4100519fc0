/** The parts of a package.json that AutoSync reads. */
export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  /** Every field that decides what is installed, as it stands in the file. */
  readonly dependencyFields: Readonly<Record<string, unknown>>;
  /** Names of all direct dependencies, of every kind. */
  readonly dependencies: ReadonlySet<string>;
  /** True when an install would have something to do. */
  readonly needsInstall: boolean;
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
const OTHER_FIELDS = [
  'workspaces',
  'overrides',
  'resolutions',
  'packageManager',
  'pnpm',
  'bundleDependencies',
] as const;

/** Reads a package.json; null when it is no JSON object. Fields of the wrong type count as absent. */
export function parseManifest(text: string): Manifest | null {
  const root = parseObject(text.replace(/^\ufeff/, ''));
  if (!root) return null;
  const dependencies = new Set(DEPENDENCY_FIELDS.flatMap((field) => Object.keys(asObject(root[field]))));
  const fields = [...DEPENDENCY_FIELDS, ...OTHER_FIELDS].filter((field) => root[field] !== undefined);
  return {
    scripts: strings(asObject(root.scripts)),
    dependencyFields: Object.fromEntries(fields.map((field) => [field, root[field]])),
    dependencies,
    needsInstall: dependencies.size > 0 || Object.keys(asObject(root.workspaces)).length > 0,
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? asObject(value) : null;
  } catch {
    return null;
  }
}

/** The value's own fields; none for anything that is not an object. */
function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function strings(record: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(record).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return Object.fromEntries(pairs);
}
