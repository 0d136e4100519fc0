import type { Check, Toolchain } from './check.js';
import { touchedPackages, type Workspace, withDependencies, withDependents } from './workspace.js';

/**
 * The toolchain with only the checks that a change of `paths` calls for: those of the packages touched and of all that
 * depends on them. It stays whole where that cannot be told, and where no test would be left, so the answer is never
 * less than what is needed. The commands name the package, so an outcome is remembered for that package alone.
 */
export function narrowToolchain(toolchain: Toolchain, paths: readonly string[]): Toolchain {
  const { workspace } = toolchain;
  const touched = workspace === undefined ? null : touchedPackages(workspace, paths);
  if (workspace === undefined || touched === null || touched.size === 0) return toolchain;
  const wanted = withDependents(workspace, touched);
  if (wanted.size === workspace.packages.length) return toolchain;
  const checks = toolchain.checks.flatMap((check) => narrowCheck(check, workspace, wanted));
  if (checks.length === 0 || sameChecks(checks, toolchain.checks)) return toolchain;
  if (toolchain.checks.some(isTest) && !checks.some(isTest)) return toolchain;
  return { ...toolchain, checks, narrowed: inWords(workspace, touched, wanted) };
}

function narrowCheck(check: Check, workspace: Workspace, wanted: ReadonlySet<string>): readonly Check[] {
  // A package is built after what it is built from, which nothing has built in a fresh worktree.
  const needed = withDependencies(workspace, wanted);
  const isCalledFor = ({ kind, emits, package: folder = '' }: Check): boolean =>
    (kind === 'build' || emits === true ? needed : wanted).has(folder);
  if (check.package !== undefined) return isCalledFor(check) ? [check] : [];
  const own = check.spread?.filter(isCalledFor) ?? [];
  return own.length > 0 ? own : [check];
}

const isTest = ({ kind }: Check): boolean => kind === 'test';

const sameChecks = (some: readonly Check[], all: readonly Check[]): boolean =>
  some.length === all.length && some.every((check, index) => check === all[index]);

function inWords({ packages }: Workspace, touched: ReadonlySet<string>, wanted: ReadonlySet<string>): string {
  const dependents = [...wanted].filter((folder) => !touched.has(folder));
  const also = dependents.length === 0 ? '' : `, and what depends on them: ${dependents.join(', ')}`;
  return `Checked ${wanted.size} of ${packages.length} packages: ${[...touched].join(', ')}${also}.`;
}
