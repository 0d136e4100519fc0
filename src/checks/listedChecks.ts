import type { Check } from '../core/check.js';
import { type CheckConfig, type CheckReader, CONFIG_FILE } from '../core/config.js';
import { chooseReader, expandScripts } from './chooseReader.js';
import { readingOnly } from './readingOnly.js';
import { takesFiles } from './takesFiles.js';

/** The checks that the configuration lists, in its order. `scripts` are those of package.json, to see which tool a command starts; `tsconfig` is the text of that file. */
export function listedChecks(
  listed: readonly CheckConfig[],
  scripts: Readonly<Record<string, string>>,
  tsconfig: string | null,
): readonly Check[] {
  return listed.map(({ name, run, reads }) => {
    const kind = kindOf(name, reads);
    const text = expandScripts(run, scripts);
    const reader = reads ?? chooseReader(kind, text);
    const tool = reader === 'exit-code' ? {} : readingOnly(kind, text, tsconfig);
    const because = `"validate.checks" in ${CONFIG_FILE}`;
    return { name, kind, run, reads: reader, because, ...tool, ...takesFiles(reader, run, scripts) };
  });
}

const BY_NAME: readonly { readonly kind: Check['kind']; readonly sign: RegExp }[] = [
  { kind: 'type-check', sign: /types?|tsc/i },
  { kind: 'lint', sign: /lint/i },
  { kind: 'test', sign: /test|spec/i },
  { kind: 'build', sign: /build|compile|bundle/i },
];

/** By the reader when it says so, else by the name. */
function kindOf(name: string, reads: CheckReader | undefined): Check['kind'] {
  const named = BY_NAME.find(({ sign }) => sign.test(name))?.kind ?? 'other';
  if (reads === undefined || reads === 'exit-code') return named;
  if (reads === 'tsc') return named === 'build' ? 'build' : 'type-check';
  return reads === 'eslint' || reads === 'biome' ? 'lint' : 'test';
}
