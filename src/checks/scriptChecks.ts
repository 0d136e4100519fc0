import type { Check } from '../core/check.js';
import { chooseReader, expandScripts } from './chooseReader.js';
import { type FanOut, fanOutOf } from './fanOut.js';
import type { Manifest } from './manifest.js';
import type { Member } from './member.js';
import { packageCommand } from './packageCommand.js';
import type { PackageManager } from './packageManager.js';
import { readingOnly } from './readingOnly.js';
import { takesFiles } from './takesFiles.js';

interface ScriptRule {
  readonly kind: Exclude<Check['kind'], 'smoke' | 'other'>;
  /** Names of scripts, the preferred one first. */
  readonly scripts: readonly string[];
}

/** Which scripts are checks; in the order in which they run: cheap and decisive first. */
const RULES: readonly ScriptRule[] = [
  { kind: 'type-check', scripts: ['typecheck', 'type-check', 'check-types', 'tsc', 'types'] },
  { kind: 'lint', scripts: ['lint'] },
  { kind: 'build', scripts: ['build'] },
  { kind: 'test', scripts: ['test'] },
];

/** Checks found in a project, and what was looked for in vain. */
export interface FoundChecks {
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
}

/** What the checks of a project follow from. */
export interface ProjectFacts {
  readonly manifest: Manifest;
  readonly manager: PackageManager;
  /** Names of the files in the root. */
  readonly names: readonly string[];
  /** Text of tsconfig.json; null when there is none. */
  readonly tsconfig: string | null;
  /** The packages of its workspace, dependencies first; none when it has no workspace. */
  readonly members: readonly Member[];
}

/**
 * The checks that a package.json offers by its scripts, or the packages of its workspace by theirs, and the TypeScript
 * compiler where no script calls it.
 */
export function scriptChecks(project: ProjectFacts): FoundChecks {
  const found = RULES.map((rule) => findChecks(rule, project));
  return {
    checks: found.flatMap((result) => (typeof result === 'string' ? [] : result)),
    notes: found.flatMap((result) => (typeof result === 'string' ? [result] : [])),
  };
}

/** The checks of one kind, or the reason why there is none. */
function findChecks(rule: ScriptRule, project: ProjectFacts): readonly Check[] | string {
  const script = scriptOf(rule, project.manifest);
  if (script === undefined) return checksOfPackages(rule, project) ?? withoutScript(rule, project);
  const text = project.manifest.scripts[script] ?? '';
  const refusal = whyNot(text);
  if (refusal !== null) return `package.json script "${script}" ${refusal}`;
  const reads = chooseReader(rule.kind, expandScripts(text, project.manifest.scripts));
  const check: Check = {
    name: rule.kind,
    kind: rule.kind,
    run: `${project.manager.runScript} ${script}`,
    reads,
    because: `package.json script "${script}"`,
    ...readingOnly(rule.kind, allOf(script, project.manifest), project.tsconfig),
    ...takesFiles(reads, text, project.manifest.scripts),
  };
  return spreadOut(check, spreadOf(rule.kind, script, project));
}

/** A script with those that it starts, and those that a package manager starts before and after it. */
const allOf = (name: string, { scripts }: Manifest): string =>
  [`pre${name}`, name, `post${name}`].map((one) => expandScripts(scripts[one] ?? '', scripts)).join('\n');

const scriptOf = ({ scripts }: ScriptRule, manifest: Manifest): string | undefined =>
  scripts.find((name) => (manifest.scripts[name] ?? '').trim() !== '');

/** The checks of the packages that a script of the root starts; none when it does anything else. */
function spreadOf(kind: Check['kind'], script: string, { manifest, members }: ProjectFacts): readonly Check[] {
  const { scripts } = manifest;
  const fanOut = fanOutOf(scripts[script] ?? '');
  const more = Object.hasOwn(scripts, `pre${script}`) || Object.hasOwn(scripts, `post${script}`);
  return fanOut === null || more ? [] : members.flatMap((member) => packageCheck(kind, fanOut, member));
}

/** So many packages at most are checked one by one where all of them are: each start of a tool takes its time. */
const MOST_APART = 20;

/**
 * Each package by itself, because what several print one after another hides which one failed; for very many packages
 * the root's own command, for which those of some packages can stand in.
 */
function spreadOut(check: Check, spread: readonly Check[]): readonly Check[] {
  if (spread.length === 0) return [check];
  return spread.length <= MOST_APART ? spread : [{ ...check, spread }];
}

/** Where the root has no script of this kind: those of the packages; null when they have none either. */
function checksOfPackages(rule: ScriptRule, { members, manager }: ProjectFacts): readonly Check[] | null {
  const script = rule.scripts.find((name) => members.some(({ manifest }) => (manifest.scripts[name] ?? '') !== ''));
  if (script === undefined) return null;
  const found = members.flatMap((member) => packageCheck(rule.kind, { tool: manager.program, script }, member));
  return found.length === 0 ? null : found;
}

/** One script of one package; none when the package has no such script, or one that is no check. */
function packageCheck(kind: Check['kind'], fanOut: FanOut, member: Member): readonly Check[] {
  const { manifest, folder } = member;
  const text = manifest.scripts[fanOut.script] ?? '';
  if (text.trim() === '' || whyNot(text) !== null) return [];
  const reads = chooseReader(kind, expandScripts(text, manifest.scripts));
  // Turborepo and Nx take what follows for tasks and flags of their own.
  const byFiles = fanOut.tool === 'turbo' || fanOut.tool === 'nx' ? {} : takesFiles(reads, text, manifest.scripts);
  return [
    {
      name: `${kind} ${folder}`,
      kind,
      run: packageCommand(fanOut, member),
      reads,
      because: `${folder}/package.json script "${fanOut.script}"`,
      package: folder,
      ...readingOnly(kind, allOf(fanOut.script, manifest), member.tsconfig),
      ...byFiles,
    },
  ];
}

/** Why a script is no check; null when it is one. */
function whyNot(text: string): string | null {
  if (text.includes('Error: no test specified')) return 'is the placeholder of `npm init`: there is no test';
  if (/\s--(?:fix|write)\b/.test(text))
    return 'rewrites files, so it is no check; list one that only reads under "validate.checks"';
  return null;
}

function withoutScript(rule: ScriptRule, { manifest, names }: ProjectFacts): readonly Check[] | string {
  const looked = `No ${rule.kind}: package.json has no script ${rule.scripts.map((name) => `"${name}"`).join(', ')}`;
  if (rule.kind !== 'type-check') return `${looked}.`;
  if (!names.includes('tsconfig.json')) return `${looked}, and there is no tsconfig.json.`;
  if (!manifest.dependencies.has('typescript')) return `${looked}, and typescript is no dependency.`;
  return [
    {
      name: rule.kind,
      kind: rule.kind,
      run: 'npx --no-install tsc --noEmit',
      reads: 'tsc',
      because: 'tsconfig.json, with typescript among the dependencies',
      readsOnly: true,
    },
  ];
}
