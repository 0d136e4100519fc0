import type { Check } from '../core/check.js';
import type { CheckReader } from '../core/config.js';

interface Sign {
  readonly reads: CheckReader;
  readonly sign: RegExp;
}

/** What in a command line gives a tool away; in the order of trust for a test. */
const SIGNS: readonly Sign[] = [
  { reads: 'vitest', sign: /\bvitest\b/ },
  { reads: 'jest', sign: /\bjest\b|\breact-scripts test\b/ },
  { reads: 'mocha', sign: /\bmocha\b/ },
  { reads: 'node-test', sign: /\b(?:node|tsx)\b[^&|;]*\s--test\b|\bnode:test\b/ },
  { reads: 'eslint', sign: /\beslint\b/ },
  { reads: 'biome', sign: /\bbiome\s+(?:check|lint|ci|format)\b/ },
  { reads: 'tsc', sign: /\b(?:vue-)?tsc\b/ },
];

/** The tools whose word counts most in a check of a kind, the first one found. */
const FAVOURITES: Readonly<Partial<Record<Check['kind'], readonly CheckReader[]>>> = {
  'type-check': ['tsc'],
  build: ['tsc'],
  lint: ['eslint', 'biome'],
};

/** Characters of a command line that are looked at: longer ones are written by nobody, and would take minutes. */
const LONGEST = 20_000;

/** The reader for a command line of a given kind, by the tools it names; `exit-code` when none is known. */
export function chooseReader(kind: Check['kind'], commandLine: string): CheckReader {
  const text = commandLine.slice(0, LONGEST);
  const found = SIGNS.filter(({ sign }) => sign.test(text)).map(({ reads }) => reads);
  const favourite = FAVOURITES[kind]?.find((reads) => found.includes(reads));
  return favourite ?? found[0] ?? 'exit-code';
}

const REFERENCE = /\b(?:npm|pnpm|yarn|bun)\s+(?:--?\S+\s+)*(?:run(?:-script)?\s+)?(?:--?\S+\s+)*([\w:.-]+)/g;

/** A command line followed by the scripts it starts through a package manager, so that `npm run test:unit` shows its tool. */
export function expandScripts(commandLine: string, scripts: Readonly<Record<string, string>>): string {
  const seen = new Set<string>();
  const texts = [commandLine];
  // One after the other: scripts that each start the next one may be more than a stack holds.
  for (const text of texts) {
    const names = [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
    for (const name of names.filter((one) => Object.hasOwn(scripts, one) && !seen.has(one))) {
      seen.add(name);
      texts.push(scripts[name] ?? '');
    }
  }
  return texts.join('\n');
}
