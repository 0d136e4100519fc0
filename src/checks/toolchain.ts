import { createHash } from 'node:crypto';
import type { Toolchain } from '../core/check.js';
import type { Config } from '../core/config.js';
import { installCommand } from './installCommand.js';
import { listedChecks } from './listedChecks.js';
import { type Manifest, parseManifest } from './manifest.js';
import { type ChosenManager, choosePackageManager } from './packageManager.js';
import { prismaCheck } from './prismaCheck.js';
import { scriptChecks } from './scriptChecks.js';
import { smokeChecks } from './smokeChecks.js';

/** What is known of a folder before anything is decided. */
export interface FolderFacts {
  /** Names of the files in the root. */
  readonly names: readonly string[];
  /** Text of package.json; null when there is none. */
  readonly packageJson: string | null;
  /** Path of Prisma's schema, or of the folder that holds it; null when there is none. */
  readonly prismaSchema: string | null;
  /** Content of the lockfile; null when there is none. */
  readonly lockfile: string | null;
  /** Absolute path of the git program; null when there is none. */
  readonly git: string | null;
  /** Version of the Node that runs the checks, for example `v24.1.0`. */
  readonly nodeVersion: string;
}

/** The checks and the install of a project, from plain facts. */
export function toolchainOf(
  facts: FolderFacts,
  wanted: Config['validate']['checks'],
  smoke: Config['validate']['smoke'] = [],
): Toolchain {
  const manifest = facts.packageJson === null ? null : parseManifest(facts.packageJson);
  const chosen = choosePackageManager(facts.names);
  const asked = findChecks(facts, wanted, manifest, chosen);
  const found = { checks: [...asked.checks, ...smokeChecks(smoke)], notes: asked.notes };
  const install = manifest?.needsInstall && found.checks.length > 0 ? installOf(facts, manifest, chosen) : null;
  return { ...found, install };
}

function findChecks(
  facts: FolderFacts,
  wanted: Config['validate']['checks'],
  manifest: Manifest | null,
  { manager }: ChosenManager,
): Pick<Toolchain, 'checks' | 'notes'> {
  if (wanted !== 'auto') return { checks: listedChecks(wanted, manifest?.scripts ?? {}), notes: noteOf(wanted.length) };
  if (!manifest) return { checks: [], notes: [withoutManifest(facts)] };
  const scripts = scriptChecks({ manifest, manager, names: facts.names });
  const prisma = prismaCheck(facts.prismaSchema, manifest);
  return { checks: [...prisma.checks, ...scripts.checks], notes: [...scripts.notes, ...prisma.notes] };
}

function noteOf(listed: number): readonly string[] {
  return listed > 0 ? [] : ['"validate.checks" is an empty list, so no check runs.'];
}

function withoutManifest({ packageJson }: FolderFacts): string {
  const found = packageJson === null ? 'There is no package.json in the root' : 'package.json is not a JSON object';
  return `${found}, where scripts for type-check, lint, build and test are looked for. List the commands to run under "validate.checks" in .autosync/config.json.`;
}

function installOf(facts: FolderFacts, manifest: Manifest, chosen: ChosenManager): Toolchain['install'] {
  const { manager, lockfile } = chosen;
  return {
    command: installCommand({ ...chosen, git: facts.git, names: facts.names }),
    key: installKey(facts, manifest, manager.name),
    because: lockfile === null ? 'package.json has dependencies and no lockfile' : `${lockfile} (${manager.name})`,
  };
}

/** SHA-256 over all that decides what an install brings. */
function installKey(facts: FolderFacts, manifest: Manifest, manager: string): string {
  const major = /\d+/.exec(facts.nodeVersion)?.[0] ?? facts.nodeVersion;
  const parts = [manager, major, facts.lockfile, manifest.dependencyFields];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
