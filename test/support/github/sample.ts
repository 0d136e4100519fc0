import type { Description } from './description.js';
import { isObject, type Json, type JsonObject, objectAt, overlay } from './json.js';

/** Makes an object of one of GitHub's schemas: what the test says of it, and something valid for the rest. */
export type Shape = (schema: string, known: JsonObject) => JsonObject;

const TEXTS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  uri: 'https://api.example.test/',
  email: 'writer@example.test',
};

function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : undefined;
}

/** Enough of the letters and numbers GitHub asks for; deeper levels of a schema that holds itself stay empty. */
function sampleOf(schema: Json | undefined, schemas: JsonObject, depth: number): Json {
  if (!isObject(schema)) return null;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    return sampleOf(schemas[reference.slice(reference.lastIndexOf('/') + 1)], schemas, depth);
  }
  if (schema['nullable'] === true) return null;
  const choice = first(schema['oneOf']) ?? first(schema['anyOf']);
  if (choice !== undefined && schema['properties'] === undefined) return sampleOf(choice, schemas, depth);
  if (Array.isArray(schema['allOf'])) {
    return schema['allOf'].reduce<Json>((under, part: Json) => overlay(under, sampleOf(part, schemas, depth)), {});
  }
  return plainSample(schema, schemas, depth);
}

function plainSample(schema: JsonObject, schemas: JsonObject, depth: number): Json {
  if (schema['enum'] !== undefined) return first(schema['enum']) ?? null;
  const type = schema['type'];
  if (type === 'string') return TEXTS[String(schema['format'])] ?? 'x';
  if (type === 'integer' || type === 'number') return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  const required = depth > 8 ? [] : schema['required'];
  const names = Array.isArray(required) ? required : [];
  const properties = objectAt(schema, 'properties');
  return Object.fromEntries(
    names.map((name: Json) => [String(name), sampleOf(properties[String(name)], schemas, depth + 1)]),
  );
}

/** Prepares {@link Shape} for the schemas of a description. */
export function makeShape({ schemas }: Description): Shape {
  return (name, known) => {
    const schema = schemas[name];
    if (!isObject(schema)) throw new Error(`GitHub's description, as the tests carry it, has no ${name}.`);
    // What is known of an object says that it is there, also where it may be missing.
    const made = overlay(sampleOf({ ...schema, nullable: false }, schemas, 0), known);
    return isObject(made) ? made : known;
  };
}
