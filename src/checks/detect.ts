import { access, constants, readdir, readFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Toolchain } from '../core/check.js';
import type { Config } from '../core/config.js';
import { digestOfInputs } from './installInputs.js';
import { type Manifest, parseManifest } from './manifest.js';
import type { WorkspaceFiles } from './member.js';
import { choosePackageManager } from './packageManager.js';
import { findPrismaSchema } from './prismaSchema.js';
import { type FolderFacts, toolchainOf } from './toolchain.js';
import { findMembers } from './workspaceFolders.js';
import { pnpmPatterns, readPatterns } from './workspacePatterns.js';

/** What detection needs besides the folder. */
export interface DetectOptions {
  readonly checks: Config['validate']['checks'];
  readonly smoke: Config['validate']['smoke'];
  /** True: install scripts run. */
  readonly installScripts: boolean;
  readonly nodeVersion: string;
  /** The search path on which git is looked for. */
  readonly path: string;
}

/** Detects the checks and the install of the project in `folder`. */
export async function detect(folder: string, options: DetectOptions): Promise<Toolchain> {
  const toolchain = toolchainOf(await readFacts(folder, options), options);
  const needs = toolchain.install?.needs;
  if (needs === undefined || (await findProgram(needs, options.path)) !== null) return toolchain;
  const missing = `${needs} is not on the search path, so nothing can be installed. Install it; AutoSync downloads no package manager.`;
  return { ...toolchain, notes: [...toolchain.notes, missing] };
}

async function readFacts(folder: string, { nodeVersion, path }: DetectOptions): Promise<FolderFacts> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const read = async (name: string, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<string | null> =>
    names.includes(name) ? readFile(join(folder, name), encoding) : null;
  const packageJson = await read('package.json');
  const manifest = packageJson === null ? null : parseManifest(packageJson);
  const { lockfile } = choosePackageManager({ names, asked: manifest?.packageManager ?? null });
  return {
    names,
    packageJson,
    tsconfig: await read('tsconfig.json'),
    prismaSchema: await findPrismaSchema(folder),
    // latin1 keeps every byte apart, also of bun's binary lockfile.
    lockfile: lockfile === null ? null : await read(lockfile, 'latin1'),
    yarnrc: await read('.yarnrc.yml'),
    inputs: await digestOfInputs(folder),
    workspace: await readWorkspace(folder, manifest, await read('pnpm-workspace.yaml')),
    git: await findProgram('git', path),
    nodeVersion,
  };
}

/** The packages of the workspace, if there is one: pnpm's file says it, or else package.json. */
async function readWorkspace(folder: string, manifest: Manifest | null, pnpm: string | null): Promise<WorkspaceFiles> {
  if (pnpm === null && manifest?.workspaces == null) return { kind: 'none' };
  const because = pnpm === null ? '"workspaces" in package.json' : 'pnpm-workspace.yaml';
  const listed = pnpm === null ? (manifest?.workspaces ?? null) : pnpmPatterns(pnpm);
  if (listed?.length === 0) return { kind: 'none' };
  const patterns = listed === null ? null : readPatterns(listed);
  if (patterns === null) return { kind: 'unclear', why: `${because} is written in a way that AutoSync does not read` };
  const members = await findMembers(folder, patterns);
  if (members === null) return { kind: 'unclear', why: `${because} names too many folders` };
  return members.length === 0 ? { kind: 'none' } : { kind: 'found', because, members };
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
