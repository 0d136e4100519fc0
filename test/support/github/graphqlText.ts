import type { Json, JsonObject } from './json.js';

/** A mutation as it is written: `mutation ($id: ID!) { name(input: {...}) { pullRequest { id } } }`. */
export interface Mutation {
  readonly name: string;
  readonly input: JsonObject;
  /** Every field that is asked for. */
  readonly fields: readonly string[];
}

const WHOLE =
  /^\s*mutation\b\s*\w*\s*(?:\(([^)]*)\))?\s*\{\s*(\w+)\s*\(\s*input\s*:\s*(\$\w+|\{[^}]*\})\s*\)\s*\{([\s\S]*)\}\s*\}\s*$/;

function variable(name: string, variables: JsonObject, declared: ReadonlySet<string>): Json {
  if (!declared.has(name)) throw new Error(`Variable $${name} is used and not declared`);
  if (variables[name] === undefined) throw new Error(`Variable $${name} has no value`);
  return variables[name];
}

function inlineInput(text: string, variables: JsonObject, declared: ReadonlySet<string>): JsonObject {
  const pairs = [...text.matchAll(/(\w+)\s*:\s*("(?:[^"\\]|\\.)*"|\$?\w+)/g)];
  return Object.fromEntries(
    pairs.map(([, key = '', value = '']) => {
      if (value.startsWith('$')) return [key, variable(value.slice(1), variables, declared)];
      return [key, value.startsWith('"') ? (JSON.parse(value) as string) : value];
    }),
  );
}

/** Reads the one form of mutation that the stand-in takes. Throws with what is wrong. */
export function readMutation(query: string, variables: JsonObject): Mutation {
  const [, declarations = '', name = '', input = '', selection = ''] = WHOLE.exec(query) ?? [];
  if (name === '') throw new Error('not one mutation of the form mutation { name(input: ...) { ... } }');
  const declared = new Set([...declarations.matchAll(/\$(\w+)\s*:\s*\w+!?/g)].map(([, one = '']) => one));
  const unknown = Object.keys(variables).filter((key) => !declared.has(key));
  if (unknown.length > 0) throw new Error(`Variable $${unknown.join(', $')} is given and not declared`);
  const value = input.startsWith('$')
    ? (variable(input.slice(1), variables, declared) as JsonObject)
    : inlineInput(input, variables, declared);
  return { name, input: value, fields: [...selection.matchAll(/\w+/g)].map(([field]) => field) };
}
