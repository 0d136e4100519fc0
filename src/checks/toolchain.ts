import { createHash } from 'node:crypto';
import type { Toolchain } from '../core/check.js';
import type { Config } from '../core/config.js';
import { installCommand, YARN_SETTINGS } from './installCommand.js';
import { listedChecks } from './listedChecks.js';
import { type Manifest, parseManifest } from './manifest.js';
import { type Member, membersOf, type WorkspaceFiles, workspaceOf } from './member.js';
import { type ChosenManager, choosePackageManager, yarnEdition } from './packageManager.js';
import { prismaCheck } from './prismaCheck.js';
import { scriptChecks } from './scriptChecks.js';
import { smokeChecks } from './smokeChecks.js';
import { yarnSettings } from './yarnSettings.js';

/** What is known of a folder before anything is decided. */
export interface FolderFacts {
  /** Names of the files in the root. */
  readonly names: readonly string[];
  /** Text of package.json; null when there is none. */
  readonly packageJson: string | null;
  /** Text of tsconfig.json; null when there is none. */
  readonly tsconfig: string | null;
  /** Path of Prisma's schema, or of the folder that holds it; null when there is none. */
  readonly prismaSchema: string | null;
  /** Content of the lockfile; null when there is none. */
  readonly lockfile: string | null;
  /** Text of .yarnrc.yml; null when there is none. */
  readonly yarnrc: string | null;
  /** SHA-256 over the other files that decide what an install brings: patches of packages, settings. */
  readonly inputs: string;
  readonly workspace: WorkspaceFiles;
  /** Absolute path of the git program; null when there is none. */
  readonly git: string | null;
  /** Version of the Node that runs the checks, for example `v24.1.0`. */
  readonly nodeVersion: string;
}

/** What the configuration says of the checks. */
export type Wanted = Pick<Config['validate'], 'checks' | 'smoke' | 'installScripts'>;

/** The checks and the install of a project, from plain facts. */
export function toolchainOf(facts: FolderFacts, wanted: Wanted): Toolchain {
  const manifest = facts.packageJson === null ? null : parseManifest(facts.packageJson);
  const chosen = managerOf(facts, manifest);
  const { workspace } = facts;
  const members = workspace.kind === 'found' ? membersOf(workspace.members) : [];
  const asked = findChecks(facts, wanted.checks, { manifest, chosen, members });
  const found = { checks: [...asked.checks, ...smokeChecks(wanted.smoke)], notes: asked.notes };
  const needed =
    found.checks.length > 0 && (manifest?.needsInstall || members.some((one) => one.manifest.needsInstall));
  const install = needed && manifest ? installOf(facts, { manifest, members, chosen }, wanted.installScripts) : null;
  return workspace.kind === 'found'
    ? { ...found, install, workspace: workspaceOf(members, workspace.because) }
    : { ...found, install };
}

interface Project {
  readonly manifest: Manifest;
  readonly chosen: ChosenManager;
  readonly members: readonly Member[];
}

function managerOf({ names, lockfile }: FolderFacts, manifest: Manifest | null): ChosenManager {
  const facts = { names, asked: manifest?.packageManager ?? null };
  return yarnEdition(choosePackageManager(facts), facts, lockfile ?? '');
}

function findChecks(
  facts: FolderFacts,
  wanted: Config['validate']['checks'],
  { manifest, chosen, members }: Omit<Project, 'manifest'> & { readonly manifest: Manifest | null },
): Pick<Toolchain, 'checks' | 'notes'> {
  if (wanted !== 'auto')
    return { checks: listedChecks(wanted, manifest?.scripts ?? {}, facts.tsconfig), notes: noteOf(wanted.length) };
  if (!manifest) return { checks: [], notes: [withoutManifest(facts)] };
  const scripts = scriptChecks({
    manifest,
    manager: chosen.manager,
    names: facts.names,
    tsconfig: facts.tsconfig,
    members,
  });
  const prisma = prismaCheck(facts.prismaSchema, manifest);
  const unclear = facts.workspace.kind === 'unclear' ? [unclearNote(facts.workspace.why)] : [];
  return { checks: [...prisma.checks, ...scripts.checks], notes: [...unclear, ...scripts.notes, ...prisma.notes] };
}

const unclearNote = (why: string): string => `Every package is checked whatever a commit touches: ${why}.`;

function noteOf(listed: number): readonly string[] {
  return listed > 0 ? [] : ['"validate.checks" is an empty list, so no check runs.'];
}

function withoutManifest({ packageJson }: FolderFacts): string {
  const found = packageJson === null ? 'There is no package.json in the root' : 'package.json is not a JSON object';
  return `${found}, where scripts for type-check, lint, build and test are looked for. List the commands to run under "validate.checks" in .autosync/config.json.`;
}

function installOf(facts: FolderFacts, project: Project, scripts: boolean): Toolchain['install'] {
  const { manager, lockfile, because } = project.chosen;
  const { git } = facts;
  const settings = manager.name === 'yarn-berry' ? { [YARN_SETTINGS]: yarnSettings(facts.yarnrc ?? '') } : undefined;
  const older = { lockfile: lockfile ?? '', command: installCommand({ manager, lockfile: null, git, scripts }) };
  return {
    command: installCommand({ manager, lockfile, git, scripts }),
    key: installKey(facts, project, scripts),
    because:
      lockfile === null && because === 'no lockfile'
        ? 'package.json has dependencies and no lockfile'
        : `${because} (${manager.name})`,
    needs: manager.program,
    ...(settings === undefined ? {} : { settings }),
    ...(settings === undefined || lockfile === null ? {} : { older }),
  };
}

/** SHA-256 over all that decides what an install brings. */
function installKey(facts: FolderFacts, { manifest, members, chosen }: Project, scripts: boolean): string {
  const major = /\d+/.exec(facts.nodeVersion)?.[0] ?? facts.nodeVersion;
  const below = members.map((member) => [member.folder, member.manifest.dependencyFields]);
  const { lockfile, yarnrc, inputs } = facts;
  const parts = [chosen.manager.name, major, lockfile, manifest.dependencyFields, below, scripts, yarnrc, inputs];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
