import type { Check } from '../core/check.js';

/** What writes into the tree, though it is called a type-check or a lint: compiling references, making code, rewriting. */
const WRITES =
  /\btsc\b.*\s(?:-b|--build|--outDir|--declaration)\b|\b(?:build|generate|codegen|typegen|sync|prepare)\b|\s--(?:fix|write)\b/;

/** Marks a type-check or a lint that only reads the tree, by the text of all that its script starts; `{}` for all else. */
export function readingOnly(kind: Check['kind'], text: string): Pick<Check, 'readsOnly'> {
  return (kind === 'type-check' || kind === 'lint') && !WRITES.test(text) ? { readsOnly: true } : {};
}
