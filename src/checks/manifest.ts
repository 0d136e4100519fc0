import { fieldsOf } from './fields.js';

/** The parts of a package.json that AutoSync reads. */
export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  /** Every field that decides what is installed, as it stands in the file. */
  readonly dependencyFields: Readonly<Record<string, unknown>>;
  /** Names of all direct dependencies, of every kind. */
  readonly dependencies: ReadonlySet<string>;
  /** True when an install would have something to do. */
  readonly needsInstall: boolean;
  /** Null when it has none. */
  readonly name: string | null;
  /** Field `packageManager`, for example `pnpm@9.1.0`. */
  readonly packageManager: string | null;
  /** Patterns of the folders that are packages of its workspace; null when it has no such field. */
  readonly workspaces: readonly string[] | null;
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
const OTHER_FIELDS = [
  ...['workspaces', 'overrides', 'resolutions', 'packageManager', 'pnpm', 'bundleDependencies', 'dependenciesMeta'],
  ...['patchedDependencies', 'trustedDependencies', 'catalog', 'catalogs'],
];

/** Reads a package.json; null when it is no JSON object. Fields of the wrong type count as absent. */
export function parseManifest(text: string): Manifest | null {
  const root = parseObject(text.replace(/^\ufeff/, ''));
  if (!root) return null;
  const dependencies = new Set(DEPENDENCY_FIELDS.flatMap((field) => Object.keys(fieldsOf(root[field]))));
  const fields = [...DEPENDENCY_FIELDS, ...OTHER_FIELDS].filter((field) => root[field] !== undefined);
  return {
    scripts: strings(fieldsOf(root.scripts)),
    dependencyFields: Object.fromEntries(fields.map((field) => [field, root[field]])),
    dependencies,
    needsInstall: dependencies.size > 0 || Object.keys(fieldsOf(root.workspaces)).length > 0,
    name: textOf(root.name),
    packageManager: textOf(root.packageManager),
    workspaces: patternsOf(root.workspaces),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A list, or a list under `packages` as Yarn has it. */
function patternsOf(workspaces: unknown): readonly string[] | null {
  const listed = Array.isArray(workspaces) ? workspaces : fieldsOf(workspaces).packages;
  return Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : null;
}

/** A JSON object; null for anything else. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? fieldsOf(value) : null;
  } catch {
    return null;
  }
}

function strings(record: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(record).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return Object.fromEntries(pairs);
}
