/** A package manager that a Node project may use. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';
  /** The program that has to be on the search path. */
  readonly program: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** Names of its lockfile, the decisive one first. */
  readonly lockfiles: readonly string[];
  /** Command line that runs a script of package.json, without the script's name. */
  readonly runScript: string;
}

const NPM: PackageManager = {
  name: 'npm',
  program: 'npm',
  lockfiles: ['npm-shrinkwrap.json', 'package-lock.json'],
  runScript: 'npm run --silent',
};

const YARN: PackageManager = { name: 'yarn', program: 'yarn', lockfiles: ['yarn.lock'], runScript: 'yarn run' };

/** Yarn 2 and later: another program under the same name, with other flags and another configuration. */
const BERRY: PackageManager = { ...YARN, name: 'yarn-berry' };

/** In the order in which lockfiles are looked for: the most specific first, npm last because its lockfile is a common leftover. */
const PACKAGE_MANAGERS: readonly PackageManager[] = [
  { name: 'bun', program: 'bun', lockfiles: ['bun.lock', 'bun.lockb'], runScript: 'bun run --silent' },
  { name: 'pnpm', program: 'pnpm', lockfiles: ['pnpm-lock.yaml'], runScript: 'pnpm --silent run' },
  YARN,
  NPM,
];

/** What the choice of a package manager follows from. */
export interface ManagerFacts {
  /** Names of the files in the root. */
  readonly names: readonly string[];
  /** Field `packageManager` of package.json, for example `pnpm@9.1.0`; null when there is none. */
  readonly asked: string | null;
}

/** The package manager, its lockfile when there is one, and why. */
export interface ChosenManager {
  readonly manager: PackageManager;
  readonly lockfile: string | null;
  /** For `doctor`: for example `pnpm-lock.yaml`. */
  readonly because: string;
}

/**
 * Chooses by lockfile; between several, and when there is none, by the field `packageManager`. npm when nothing says
 * anything, because every Node has it.
 */
export function choosePackageManager({ names, asked }: ManagerFacts): ChosenManager {
  const found = PACKAGE_MANAGERS.flatMap((manager) =>
    manager.lockfiles.filter((lockfile) => names.includes(lockfile)).map((lockfile) => ({ manager, lockfile })),
  );
  const named = PACKAGE_MANAGERS.find(({ program }) => program === programOf(asked)) ?? null;
  const [first, ...others] = found;
  if (first === undefined) return { ...withoutLockfile(named), lockfile: null };
  const chosen = found.find(({ manager }) => manager === named) ?? first;
  const because =
    others.length === 0
      ? chosen.lockfile
      : `${chosen.lockfile}, ${chosen.manager === named ? `which "packageManager" in package.json names` : `before ${others.map(({ lockfile }) => lockfile).join(', ')}`}`;
  return { ...chosen, because };
}

/** Yarn as its lockfile, its settings or package.json show it: classic, or 2 and later. */
export function yarnEdition(chosen: ChosenManager, { names, asked }: ManagerFacts, lockfile: string): ChosenManager {
  if (chosen.manager.name !== 'yarn') return chosen;
  const later = isBerry(names, lockfile) || /^yarn@(?:[2-9]|\d\d)/.test(asked ?? '');
  return later ? { ...chosen, manager: BERRY } : chosen;
}

/** True where the lockfile, or a settings file beside it, is of Yarn 2 and later: Yarn 1 would write it in a format of its own. */
export const isBerry = (names: readonly string[], lockfile: string): boolean =>
  isBerryLock(lockfile) || names.includes('.yarnrc.yml');

/** True for the text of a `yarn.lock` in the format of Yarn 2 and later. */
export const isBerryLock = (text: string): boolean => /^__metadata:/m.test(text);

function programOf(asked: string | null): string | null {
  return asked === null ? null : (/^[a-z]+/.exec(asked)?.[0] ?? null);
}

function withoutLockfile(named: PackageManager | null): Pick<ChosenManager, 'manager' | 'because'> {
  return named === null
    ? { manager: NPM, because: 'no lockfile' }
    : { manager: named, because: '"packageManager" in package.json, and no lockfile' };
}
