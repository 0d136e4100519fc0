import { access, constants, readdir, readFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Toolchain } from '../core/check.js';
import type { Config } from '../core/config.js';
import { choosePackageManager } from './packageManager.js';
import { findPrismaSchema } from './prismaSchema.js';
import { type FolderFacts, toolchainOf } from './toolchain.js';

/** What detection needs besides the folder. */
export interface DetectOptions {
  readonly checks: Config['validate']['checks'];
  readonly smoke: Config['validate']['smoke'];
  readonly nodeVersion: string;
  /** The search path on which git is looked for. */
  readonly path: string;
}

/** Detects the checks and the install of the project in `folder`. */
export async function detect(folder: string, options: DetectOptions): Promise<Toolchain> {
  return toolchainOf(await readFacts(folder, options), options.checks, options.smoke);
}

async function readFacts(folder: string, { nodeVersion, path }: DetectOptions): Promise<FolderFacts> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const { lockfile } = choosePackageManager(names);
  return {
    names,
    packageJson: names.includes('package.json') ? await readFile(join(folder, 'package.json'), 'utf8') : null,
    prismaSchema: await findPrismaSchema(folder),
    // latin1 keeps every byte apart, also of bun's binary lockfile.
    lockfile: lockfile === null ? null : await readFile(join(folder, lockfile), 'latin1'),
    git: await findProgram('git', path),
    nodeVersion,
  };
}

/** Absolute path of a program; null when the search path does not hold it. Relative entries are not trusted. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, name);
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return null;
}
