/** A package manager that a Node project may use. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** Names of its lockfile, the decisive one first. */
  readonly lockfiles: readonly string[];
  /** Command line that runs a script of package.json, without the script's name. */
  readonly runScript: string;
}

const NPM: PackageManager = {
  name: 'npm',
  lockfiles: ['npm-shrinkwrap.json', 'package-lock.json'],
  runScript: 'npm run --silent',
};

/** In the order in which lockfiles are looked for: the most specific first, npm last because its lockfile is a common leftover. */
export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  { name: 'bun', lockfiles: ['bun.lock', 'bun.lockb'], runScript: 'bun run --silent' },
  { name: 'pnpm', lockfiles: ['pnpm-lock.yaml'], runScript: 'pnpm --silent run' },
  { name: 'yarn', lockfiles: ['yarn.lock'], runScript: 'yarn run' },
  NPM,
];

/** What the lockfiles in a folder say: the package manager, and its lockfile when there is one. */
export interface ChosenManager {
  readonly manager: PackageManager;
  readonly lockfile: string | null;
}

/** Chooses by lockfile; npm when there is none, because every Node has it. */
export function choosePackageManager(names: readonly string[]): ChosenManager {
  const found = PACKAGE_MANAGERS.flatMap((manager) =>
    manager.lockfiles.filter((lockfile) => names.includes(lockfile)).map((lockfile) => ({ manager, lockfile })),
  );
  return found[0] ?? { manager: NPM, lockfile: null };
}
