import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A value of a JSON document with where it stands, so that a problem can be shown at its place. */
export interface JsonDocument {
  readonly value: unknown;
  /** Offset of the value at a path, or of the nearest value around it. */
  offsetOf(path: readonly (string | number)[]): number;
  /** Offset of the name of a key of the object at a path. */
  offsetOfKey(path: readonly (string | number)[], key: string): number;
}

/** What is wrong with the text itself, at an offset. */
export interface JsonFault {
  readonly offset: number;
  readonly what: string;
}

/** Deeper documents are refused: reading them would exhaust the stack. */
const DEEPEST = 64;

/** Reads JSON with comments and trailing commas. Returns the document, or every fault of the text. Never throws. */
export function readJson(
  text: string,
): { readonly document: JsonDocument } | { readonly faults: readonly JsonFault[] } {
  const tooDeep = offsetOfTooDeep(text);
  if (tooDeep !== null) return { faults: [{ offset: tooDeep, what: `Values are nested deeper than ${DEEPEST}.` }] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (errors.length > 0 || root === undefined) {
    return { faults: errors.map(({ error, offset }) => ({ offset, what: sentenceOf(printParseErrorCode(error)) })) };
  }
  const repeated = repeatedKeys(root);
  return repeated.length > 0 ? { faults: repeated } : { document: documentOf(root) };
}

/** 1-based line and column (in UTF-16 units) of an offset. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** `InvalidCommaCharacter` -> `The JSON is not valid: invalid comma character.` */
function sentenceOf(code: string): string {
  return `The JSON is not valid: ${code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()}.`;
}

function offsetOfTooDeep(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const mark = scanner.getTokenLength() === 1 ? text.charAt(scanner.getTokenOffset()) : '';
    if (mark === '{' || mark === '[') depth += 1;
    if (mark === '}' || mark === ']') depth -= 1;
    if (depth > DEEPEST) return scanner.getTokenOffset();
  }
  return null;
}

function documentOf(root: Node): JsonDocument {
  return {
    value: plainValue(root),
    offsetOf: (path) => nodeAt(root, path).offset,
    offsetOfKey: (path, key) => {
      const object = nodeAt(root, path);
      const found = propertiesOf(object).find(({ name }) => name.value === key);
      return found?.name.offset ?? object.offset;
    },
  };
}

interface Property {
  readonly name: Node;
  readonly value: Node;
}

function propertiesOf(node: Node): readonly Property[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) => (name && value ? [{ name, value }] : []));
}

function nodeAt(root: Node, path: readonly (string | number)[]): Node {
  let node = root;
  for (const step of path) {
    const next =
      node.type === 'array'
        ? node.children?.[Number(step)]
        : propertiesOf(node).find(({ name }) => name.value === `${step}`)?.value;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** Plain values; a key `__proto__` becomes an own key, so that validation sees it like any other. */
function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  const target = {};
  for (const { name, value } of propertiesOf(node)) {
    Object.defineProperty(target, name.value, {
      value: plainValue(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return target;
}

function repeatedKeys(node: Node): readonly JsonFault[] {
  const seen = new Set<unknown>();
  const here = propertiesOf(node).flatMap(({ name }) => {
    if (!seen.has(name.value)) return seen.add(name.value) && [];
    return [{ offset: name.offset, what: `The key ${JSON.stringify(name.value)} is there twice.` }];
  });
  const below = node.type === 'array' ? (node.children ?? []) : propertiesOf(node).map(({ value }) => value);
  return [...here, ...below.flatMap(repeatedKeys)];
}
