import type { Check } from '../core/check.js';
import { chooseReader, expandScripts } from './chooseReader.js';
import type { Manifest } from './manifest.js';
import type { PackageManager } from './packageManager.js';
import { readingOnly } from './readingOnly.js';

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
}

/** The checks that a package.json offers by its scripts, and the TypeScript compiler where no script calls it. */
export function scriptChecks(project: ProjectFacts): FoundChecks {
  const found = RULES.map((rule) => findCheck(rule, project));
  return {
    checks: found.flatMap((result) => (typeof result === 'string' ? [] : [result])),
    notes: found.flatMap((result) => (typeof result === 'string' ? [result] : [])),
  };
}

/** A check, or the reason why there is none. */
function findCheck(rule: ScriptRule, project: ProjectFacts): Check | string {
  const { manifest, manager } = project;
  const script = rule.scripts.find((name) => (manifest.scripts[name] ?? '').trim() !== '');
  if (script === undefined) return withoutScript(rule, project);
  const refusal = whyNot(manifest.scripts[script] ?? '');
  if (refusal !== null) return `package.json script "${script}" ${refusal}`;
  const text = expandScripts(manifest.scripts[script] ?? '', manifest.scripts);
  return {
    name: rule.kind,
    kind: rule.kind,
    run: `${manager.runScript} ${script}`,
    reads: chooseReader(rule.kind, text),
    because: `package.json script "${script}"`,
    ...readingOnly(rule.kind, text),
  };
}

/** Why a script is no check; null when it is one. */
function whyNot(text: string): string | null {
  if (text.includes('Error: no test specified')) return 'is the placeholder of `npm init`: there is no test';
  if (/\s--(?:fix|write)\b/.test(text))
    return 'rewrites files, so it is no check; list one that only reads under "validate.checks"';
  return null;
}

function withoutScript(rule: ScriptRule, { manifest, names }: ProjectFacts): Check | string {
  const looked = `No ${rule.kind}: package.json has no script ${rule.scripts.map((name) => `"${name}"`).join(', ')}`;
  if (rule.kind !== 'type-check') return `${looked}.`;
  if (!names.includes('tsconfig.json')) return `${looked}, and there is no tsconfig.json.`;
  if (!manifest.dependencies.has('typescript')) return `${looked}, and typescript is no dependency.`;
  return {
    name: rule.kind,
    kind: rule.kind,
    run: 'npx --no-install tsc --noEmit',
    reads: 'tsc',
    because: 'tsconfig.json, with typescript among the dependencies',
    readsOnly: true,
  };
}
