import type { Check } from '../core/check.js';

/** What writes into the tree, though it is called a type-check or a lint: compiling references, making code, rewriting. */
const WRITES =
  /\btsc\b.*\s(?:-b|--build|--outDir|--declaration)\b|\b(?:build|generate|codegen|typegen|sync|prepare)\b|\s--(?:fix|write)\b/;

/** A call of the TypeScript compiler, or of one that stands in for it, up to the next command. */
const COMPILER = /(?<![\w./@-])(?<!\brun\s)(?:\S*\/)?(?:vue-tsc|tsgo|tsc)(?![\w./:-])[^&|;\n]*/g;

/** What keeps the compiler from writing what it made of the sources. */
const EMITS_NOTHING = /\s--(?:noEmit|listFilesOnly|showConfig)(?![\w-])(?!\s+false\b)/i;

/** What makes the compiler read other settings than those beside package.json. */
const OTHER_SETTINGS = /\s(?:-p|--project)\s/;

/** Characters of scripts that are read: longer ones are written by nobody, and would take minutes. */
const LONGEST = 20_000;

/** True for settings of the compiler by which it writes nothing. */
function forbidsEmit(tsconfig: string | null): boolean {
  const plain = (tsconfig ?? '').replace(/\/\*(?:[\s\S]*?\*\/|[\s\S]*)|\/\/.*$/gm, '');
  return /"noEmit"\s*:\s*true\b/.test(plain);
}

/**
 * What a type-check or a lint does to the tree, by the text of all that its script starts and of the tsconfig.json
 * beside it: it only reads it, or leaves files as a build does. The compiler is taken to write unless it is told not to
 * there; what its settings extend is not looked at. `{}` for all other kinds of checks.
 */
export function readingOnly(
  kind: Check['kind'],
  text: string,
  tsconfig: string | null,
): Pick<Check, 'readsOnly' | 'emits'> {
  if (kind !== 'type-check' && kind !== 'lint') return {};
  if (text.length > LONGEST) return { emits: true };
  const silent = forbidsEmit(tsconfig);
  const emits = (call: string): boolean => !EMITS_NOTHING.test(call) && (OTHER_SETTINGS.test(call) || !silent);
  return WRITES.test(text) || (text.match(COMPILER) ?? []).some(emits) ? { emits: true } : { readsOnly: true };
}
