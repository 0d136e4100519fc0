import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json, type JsonObject, objectAt, textAt } from './json.js';

/** A parameter of an operation, in the path or in the query. */
export interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** One thing that can be asked of GitHub. */
export interface Operation {
  /** GitHub's name of it, for example `pulls/create`. */
  readonly id: string;
  readonly method: string;
  readonly template: string;
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
  /** Null when it takes no body. */
  readonly body: { readonly schema: JsonObject; readonly required: boolean } | null;
  /** Schema of the answer by status; null where the answer has no body. */
  readonly answers: ReadonlyMap<number, JsonObject | null>;
}

/** The part of GitHub's description that the tests carry. */
export interface Description {
  readonly operations: readonly Operation[];
  /** The schemas that operations name, by name. */
  readonly schemas: JsonObject;
}

const text: Json = JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8'));
const document: JsonObject = isObject(text) ? text : {};

function resolved(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  const reference = textAt(value, '$ref');
  if (reference === null) return value;
  const parts = reference.slice('#/'.length).split('/');
  return parts.reduce<JsonObject>((at, part) => objectAt(at, part), document);
}

/** Parameters of these names may hold slashes: GitHub takes the rest of the path for them. */
const WHOLE_REST = new Set(['ref', 'branch', 'path', 'basehead']);

function patternOf(template: string): RegExp {
  const source = template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    WHOLE_REST.has(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${source}$`);
}

function schemaIn(message: JsonObject): JsonObject | null {
  const content = objectAt(objectAt(message, 'content'), 'application/json');
  return isObject(content['schema']) ? content['schema'] : null;
}

function parameterOf(value: Json): Parameter {
  const found = resolved(value);
  return {
    name: textAt(found, 'name') ?? '',
    place: textAt(found, 'in') ?? '',
    required: found['required'] === true,
    schema: objectAt(found, 'schema'),
  };
}

function operationOf(template: string, method: string, value: JsonObject): Operation {
  const body = isObject(value['requestBody']) ? resolved(value['requestBody']) : null;
  const parameters = value['parameters'];
  return {
    id: textAt(value, 'operationId') ?? '',
    method: method.toUpperCase(),
    template,
    pattern: patternOf(template),
    parameters: Array.isArray(parameters) ? parameters.map(parameterOf) : [],
    body: body === null ? null : { schema: schemaIn(body) ?? {}, required: body['required'] === true },
    answers: new Map(
      Object.entries(objectAt(value, 'responses')).map(([status, answer]) => [
        Number(status),
        schemaIn(resolved(answer)),
      ]),
    ),
  };
}

/** More specific templates first: fixed words before names, names before the rest of a path. */
function weight(operation: Operation): number {
  const parts = operation.template.split('/');
  const names = parts.filter((part) => part.startsWith('{')).length;
  return names * 100 - parts.length;
}

/** Reads GitHub's description from beside this file. */
export function readDescription(): Description {
  const operations = Object.entries(objectAt(document, 'paths')).flatMap(([template, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).flatMap(([method, value]) =>
      isObject(value) ? [operationOf(template, method, value)] : [],
    ),
  );
  return {
    operations: operations.sort((one, other) => weight(one) - weight(other)),
    schemas: objectAt(objectAt(document, 'components'), 'schemas'),
  };
}

/** The operation that a method and path name, with the values in its path; null when the description has none. */
export function findOperation(
  description: Description,
  method: string,
  path: string,
): { readonly operation: Operation; readonly values: Readonly<Record<string, string>> } | null {
  for (const operation of description.operations) {
    if (operation.method !== method) continue;
    const match = operation.pattern.exec(path);
    if (match === null) continue;
    const values = Object.entries(match.groups ?? {}).map(
      ([name, value]) => [name, decodeURIComponent(value)] as const,
    );
    return { operation, values: Object.fromEntries(values) };
  }
  return null;
}
