import picomatch from 'picomatch';
import { type FileChange, SUBMODULE_MODE, SYMLINK_MODE } from './commit.js';
import { compileDenyGlob } from './pathRules.js';
import { type Resolved, resolutionVeto } from './resolution.js';
import { sanitize } from './sanitize.js';

/** What the vetoes of one enhancement are found from. */
export interface VetoFacts {
  /** The changes that would land, without what a rule dropped. */
  readonly changes: readonly Pick<FileChange, 'path' | 'oldMode' | 'newMode'>[];
  /** Paths that a rule dropped. */
  readonly dropped: readonly string[];
  readonly breaking: boolean;
  /** Who resolved its conflicts; null when nobody did. */
  readonly resolved: Resolved | null;
  /** Null when it is old enough; else the soak time as configured, and until when it lasts (ISO 8601). */
  readonly soaking: { readonly minAge: string; readonly until: string } | null;
  /** Globs of `decide.protect`. */
  readonly protect: readonly string[];
  readonly binary: readonly string[];
  /** Paths whose new content is a Git LFS pointer. */
  readonly lfs: readonly string[];
  /** Paths that were too big to be scanned for secrets. */
  readonly tooBig: readonly string[];
  /** Where the secret scan found something: `PATH:LINE (WHAT)`. */
  readonly secrets: readonly string[];
  /** Checks that fail on the target as it is. */
  readonly redBaseline: readonly string[];
  /** Earlier commits it builds on that the target lacks, as short text. */
  readonly missing: readonly string[];
  /** Checks that ran on it; none is a veto. */
  readonly checksRun: number;
  /** False when a path is not UTF-8. */
  readonly readablePaths: boolean;
}

/** Files that say what is installed, or what installing runs (design: reliability T8, T16). Matched at any depth. */
const DEPENDENCY_FILES: readonly string[] = [
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'yarn.lock'],
  // pnpm takes manifests in three spellings; what Yarn makes of a lockfile says where each package is.
  ...['package.json5', 'package.yaml', '.pnp.*', 'deno.jsonc', 'go.work', 'go.work.sum', 'libs.versions.toml'],
  ...['pdm.lock', 'pylock*.toml', 'pubspec.yaml', 'pubspec.lock', 'Package.resolved', 'flake.nix', 'flake.lock'],
  ...['bun.lock', 'bun.lockb', 'deno.json', 'deno.lock', 'Cargo.toml', 'Cargo.lock', 'build.rs', 'go.mod', 'go.sum'],
  ...['requirements*.txt', 'constraints*.txt', 'pyproject.toml', 'poetry.lock', 'uv.lock', 'Pipfile', 'Pipfile.lock'],
  ...['setup.py', 'setup.cfg', 'Gemfile', 'Gemfile.lock', '*.gemspec', 'composer.json', 'composer.lock', 'pom.xml'],
  ...['build.gradle*', 'settings.gradle*', 'gradle.lockfile', 'gradle-wrapper.*', 'gradlew', 'gradlew.bat', 'mvnw'],
  ...['packages.lock.json', 'Directory.Packages.props', '*.csproj', 'mix.exs', 'mix.lock', 'Package.swift', 'Podfile*'],
  // What compiles or patches a dependency, or is one; and which runtime and programs are fetched.
  ...['binding.gyp', '*.patch', '*.diff', 'node_modules/**', '.nvmrc', '.node-version'],
  ...['.tool-versions', '.mise.toml', 'mise.toml', '.python-version', 'rust-toolchain*'],
];

const options = { dot: true, nocase: true, windows: false };
const isDependencyFile = picomatch(
  DEPENDENCY_FILES.map((name) => `**/${name}`),
  options,
);

/** Every reason that forbids auto-merge whatever the risk, one sentence each; none when the list is empty (design: product, "Decide"). */
export function vetoesOf(facts: VetoFacts): readonly string[] {
  return [...vetoesOfCommit(facts), ...vetoesOfFiles(facts), ...vetoesOfProof(facts)].map((veto) => sanitize(veto));
}

function vetoesOfCommit(facts: VetoFacts): readonly string[] {
  const { dropped, soaking } = facts;
  return [
    ...(dropped.length > 0 ? [`It is partial: ${files(dropped)} stayed out by rule.`] : []),
    ...(facts.breaking ? ['It says that it is a breaking change.'] : []),
    ...(facts.resolved === null ? [] : [resolutionVeto(facts.resolved)]),
    ...(soaking === null ? [] : [`It is younger than the soak time of ${soaking.minAge}, until ${soaking.until}.`]),
    ...(facts.missing.length > 0 ? [`It builds on what the target lacks: ${firstThree(facts.missing)}.`] : []),
    ...(facts.readablePaths ? [] : ['It has a path that is not UTF-8, so that no path rule can be sure.']),
  ];
}

function vetoesOfFiles(facts: VetoFacts): readonly string[] {
  const paths = facts.changes.map(({ path }) => path);
  const protecting = facts.protect.map(compileDenyGlob);
  const isProtected = (path: string): boolean => protecting.some((matches) => matches(path));
  const moded = (mode: string): readonly string[] =>
    facts.changes.filter(({ oldMode, newMode }) => oldMode === mode || newMode === mode).map(({ path }) => path);
  return [
    ...about(paths.filter(isProtected), 'is protected by decide.protect'),
    ...about(
      paths.filter((path) => isDependencyFile(path)),
      'changes dependencies or what installing runs',
    ),
    ...about(facts.binary, 'is binary, which nobody can review as text'),
    ...about(moded(SYMLINK_MODE), 'is a symbolic link'),
    ...about(moded(SUBMODULE_MODE), 'is a submodule'),
    ...about(facts.lfs, 'is a Git LFS pointer, whose content was not seen'),
    ...about(facts.tooBig, 'is too big to be scanned for secrets'),
    ...(facts.secrets.length > 0 ? [`It seems to add a secret: ${firstThree(facts.secrets)}.`] : []),
  ];
}

function vetoesOfProof({ redBaseline, checksRun }: VetoFacts): readonly string[] {
  return [
    ...(redBaseline.length > 0 ? [`The target fails already without it: ${firstThree(redBaseline)}.`] : []),
    ...(checksRun === 0 ? ['No check ran, so nothing proves that it fits.'] : []),
  ];
}

function about(paths: readonly string[], what: string): readonly string[] {
  return paths.length === 0 ? [] : [`It touches ${firstThree(paths)}, which ${what}.`];
}

function files(paths: readonly string[]): string {
  return `${paths.length === 1 ? 'a file' : `${paths.length} files`} (${firstThree(paths)})`;
}

function firstThree(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => sanitize(name, 100));
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}
